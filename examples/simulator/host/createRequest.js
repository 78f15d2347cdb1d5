import { encodeBody } from './encodeBody.js';

// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
const MAX_PARALLEL = 10;
const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * `wx.request` over a real HTTP client.
 *
 * An HTTP status never fails a request; no answer does. In the background, what has not finished after five seconds
 * fails with `interrupted`, and from then on (with `strictBackground`: at once) new requests are refused.
 *
 * @param {object} options
 * @param {typeof fetch} options.fetch
 * @param {ReturnType<import('./createJsThread.js').createJsThread>} options.thread
 * @param {ReturnType<import('./createNetwork.js').createNetwork>} options.network
 * @param {{ JSON: JSON, ArrayBuffer: ArrayBufferConstructor, Uint8Array: Uint8ArrayConstructor }} options.realm
 * @param {number} [options.defaultTimeoutMs] app.json's networkTimeout.request
 * @param {boolean} [options.strictBackground]
 * @param {(name: 'request' | 'response', record: object) => void} options.emit
 */
export const createRequest = ({
  fetch,
  thread,
  network,
  realm,
  defaultTimeoutMs = DEFAULT_TIMEOUT_MS,
  strictBackground = false,
  emit,
}) => {
  /** Requests that have left. */
  const running = new Set();
  /** Requests beyond the tenth. */
  const queue = [];
  let nextId = 1;
  let refusing = false;

  const settle = (request, outcome) => {
    if (request.settled) return;
    request.settled = true;
    for (const cancel of request.cancelTimers) cancel();
    running.delete(request);
    const at = queue.indexOf(request);
    if (at >= 0) queue.splice(at, 1);
    if (outcome.error !== undefined) request.controller.abort();

    const { id, url, method } = request;
    const { status, body, error } = outcome;
    emit('response', { id, url, method, status, body, error, ms: thread.now() - request.startedAt });
    const { success, fail, complete } = request.options;
    if (error === undefined) thread.post(success, outcome.result);
    else thread.post(fail, outcome.result);
    thread.post(complete, outcome.result);
    leaveNext();
  };

  const failWith = (request, error, errno) => settle(request, { error, result: { errMsg: `request:fail ${error}`, errno } });

  const toApp = (value) => realm.JSON.parse(JSON.stringify(value));

  const readAnswer = async (request, response) => {
    const header = Object.fromEntries(response.headers);
    const base = { statusCode: response.status, header, cookies: [], errMsg: 'request:ok' };
    if (request.options.responseType === 'arraybuffer') {
      const bytes = new Uint8Array(await response.arrayBuffer());
      const data = new realm.ArrayBuffer(bytes.length);
      new realm.Uint8Array(data).set(bytes);
      return { status: response.status, body: `(${bytes.length} bytes)`, result: { ...toApp(base), data } };
    }
    const text = await response.text();
    let data = text;
    if ((request.options.dataType ?? 'json') === 'json') {
      try {
        data = realm.JSON.parse(text);
      } catch {
        // WeChat tries to parse and hands the text over when it cannot.
      }
    }
    return { status: response.status, body: text, result: { ...toApp(base), data } };
  };

  const send = async (request) => {
    const { url, method, header, body, controller } = request;
    emit('request', { id: request.id, url, method, header, body: body.text, bytes: body.bytes });
    try {
      const response = await fetch(url, { method, headers: header, body: body.payload, signal: controller.signal });
      settle(request, await readAnswer(request, response));
    } catch (error) {
      // Our own abort has settled already, so this is the network's.
      failWith(
        request,
        network.state.isConnected ? `net::ERR_CONNECTION_REFUSED ${error?.message ?? ''}`.trim() : OFFLINE,
        600001,
      );
    }
  };

  const leave = (request) => {
    running.add(request);
    request.startedAt = thread.now();
    const timeoutMs = request.options.timeout ?? defaultTimeoutMs;
    request.cancelTimers.push(thread.after(timeoutMs, () => failWith(request, 'timeout', 5)));
    if (!network.state.isConnected) {
      thread.post(() => failWith(request, OFFLINE, 600001));
    } else if (network.state.latencyMs > 0) {
      request.cancelTimers.push(thread.after(network.state.latencyMs, () => void send(request)));
    } else {
      void send(request);
    }
  };

  const leaveNext = () => {
    while (running.size < MAX_PARALLEL && queue.length) leave(queue.shift());
  };

  const everyRequest = () => [...running, ...queue];

  network.onChange(({ isConnected }) => {
    if (!isConnected) for (const request of everyRequest()) failWith(request, 'net::ERR_NETWORK_CHANGED', 600001);
  });

  /** @param {any} options as wx.request takes them */
  const request = (options) => {
    const method = String(options.method ?? 'GET').toUpperCase();
    const header = { 'content-type': 'application/json' };
    for (const [name, value] of Object.entries(options.header ?? {})) header[name.toLowerCase()] = String(value);
    const encoded = encodeBody({
      url: String(options.url),
      method,
      data: options.data,
      contentType: header['content-type'],
    });
    const entry = {
      id: nextId++,
      options,
      url: encoded.url,
      method,
      header,
      body: encoded.body,
      controller: new AbortController(),
      startedAt: thread.now(),
      cancelTimers: [],
      settled: false,
    };
    if (!/^https?:\/\//.test(entry.url)) thread.post(() => failWith(entry, 'invalid url', 600009));
    else if (refusing) thread.post(() => failWith(entry, 'interrupted', 600003));
    else {
      queue.push(entry);
      leaveNext();
    }
    return {
      abort: () => failWith(entry, 'abort', undefined),
      onHeadersReceived() {},
      offHeadersReceived() {},
      onChunkReceived() {},
      offChunkReceived() {},
    };
  };

  return {
    request,
    enterBackground() {
      refusing = strictBackground;
    },
    /** The app has been in the background for five seconds. */
    interrupt() {
      refusing = true;
      for (const entry of everyRequest()) failWith(entry, 'interrupted', 600003);
    },
    enterForeground() {
      refusing = false;
    },
    /** The app is gone: nothing is answered any more, what waited never leaves. */
    kill() {
      for (const entry of everyRequest()) {
        entry.settled = true;
        entry.controller.abort();
      }
      running.clear();
      queue.length = 0;
    },
  };
};

const OFFLINE = 'net::ERR_INTERNET_DISCONNECTED';
