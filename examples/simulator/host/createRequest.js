import { encodeBody } from './encodeBody.js';

/**
 * `wx.request`, `my.request` and `tt.request` over a real HTTP client.
 *
 * An HTTP status never fails a request; no answer does. In WeChat's background, what has not finished after five
 * seconds fails with `interrupted`, and from then on (with `strictBackground`: at once) new requests are refused.
 *
 * @typedef {object} RequestRules
 * @property {number} defaultTimeoutMs
 * @property {number} maxParallel
 * @property {(options: any) => object | undefined} headersOf
 * @property {(options: any) => boolean} parsesJson
 * @property {boolean} [refusesOtherText] a body that was to be JSON and is not fails the request
 * @property {(answer: { status: number, headers: object, data: any }) => object} result
 * @property {(kind: FailureKind, detail: string) => object} failure
 * @property {(task: object, settled: Promise<any>) => object} [returns] by default the task
 * @typedef {'network' | 'timeout' | 'abort' | 'interrupted' | 'url' | 'json'} FailureKind
 *
 * @param {object} options
 * @param {RequestRules} options.rules
 * @param {typeof fetch} options.fetch
 * @param {ReturnType<import('./createJsThread.js').createJsThread>} options.thread
 * @param {ReturnType<import('./createNetwork.js').createNetwork>} options.network
 * @param {{ JSON: JSON, ArrayBuffer: ArrayBufferConstructor, Uint8Array: Uint8ArrayConstructor }} options.realm
 * @param {number} [options.timeoutMs] app.json's networkTimeout.request
 * @param {boolean} [options.strictBackground]
 * @param {(name: 'request' | 'response', record: object) => void} options.emit
 */
export const createRequest = ({
  rules,
  fetch,
  thread,
  network,
  realm,
  timeoutMs = rules.defaultTimeoutMs,
  strictBackground = false,
  emit,
}) => {
  /** Requests that have left. */
  const running = new Set();
  /** Requests beyond those that may run side by side. */
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
    thread.post(error === undefined ? request.resolve : request.reject, outcome.result);
    leaveNext();
  };

  const toApp = (value) => realm.JSON.parse(JSON.stringify(value));

  const failWith = (request, kind, error = kind) => settle(request, { error, result: toApp(rules.failure(kind, error)) });

  const readAnswer = async (request, response) => {
    const { status } = response;
    const headers = toApp(Object.fromEntries(response.headers));
    if (request.options.responseType === 'arraybuffer') {
      const bytes = new Uint8Array(await response.arrayBuffer());
      const data = new realm.ArrayBuffer(bytes.length);
      new realm.Uint8Array(data).set(bytes);
      return { status, body: `(${bytes.length} bytes)`, result: rules.result({ status, headers, data }) };
    }
    const text = await response.text();
    let data = text;
    if (rules.parsesJson(request.options)) {
      try {
        data = realm.JSON.parse(text);
      } catch {
        const error = 'JSON parse data error';
        if (rules.refusesOtherText) return { status, body: text, error, result: toApp(rules.failure('json', error)) };
      }
    }
    return { status, body: text, result: rules.result({ status, headers, data }) };
  };

  const send = async (request) => {
    const { url, method, header, body, controller } = request;
    emit('request', { id: request.id, url, method, header, body: body.text, bytes: body.bytes });
    try {
      const response = await fetch(url, { method, headers: header, body: body.payload, signal: controller.signal });
      settle(request, await readAnswer(request, response));
    } catch (error) {
      // Our own abort has settled already, so this is the network's.
      const refused = `net::ERR_CONNECTION_REFUSED ${error?.message ?? ''}`.trim();
      failWith(request, 'network', network.state.isConnected ? refused : OFFLINE);
    }
  };

  const leave = (request) => {
    running.add(request);
    request.startedAt = thread.now();
    const limitMs = request.options.timeout ?? timeoutMs;
    request.cancelTimers.push(thread.after(limitMs, () => failWith(request, 'timeout')));
    if (!network.state.isConnected) {
      thread.post(() => failWith(request, 'network', OFFLINE));
    } else if (network.state.latencyMs > 0) {
      request.cancelTimers.push(thread.after(network.state.latencyMs, () => void send(request)));
    } else {
      void send(request);
    }
  };

  const leaveNext = () => {
    while (running.size < rules.maxParallel && queue.length) leave(queue.shift());
  };

  const everyRequest = () => [...running, ...queue];

  network.onChange(({ isConnected }) => {
    if (!isConnected) for (const request of everyRequest()) failWith(request, 'network', 'net::ERR_NETWORK_CHANGED');
  });

  /** @param {any} options as the host's `request` takes them */
  const request = (options) => {
    const method = String(options.method ?? 'GET').toUpperCase();
    const header = { 'content-type': 'application/json' };
    for (const [name, value] of Object.entries(rules.headersOf(options) ?? {})) header[name.toLowerCase()] = String(value);
    const encoded = encodeBody({
      url: String(options.url),
      method,
      data: options.data,
      contentType: header['content-type'],
    });
    let resolve;
    let reject;
    const settled = new Promise((...both) => {
      [resolve, reject] = both;
    });
    settled.catch(() => {}); // the app's to handle, if it is handed out at all
    const entry = {
      id: nextId++,
      options,
      resolve,
      reject,
      url: encoded.url,
      method,
      header,
      body: encoded.body,
      controller: new AbortController(),
      startedAt: thread.now(),
      cancelTimers: [],
      settled: false,
    };
    if (!/^https?:\/\//.test(entry.url)) thread.post(() => failWith(entry, 'url', 'invalid url'));
    else if (refusing) thread.post(() => failWith(entry, 'interrupted'));
    else {
      queue.push(entry);
      leaveNext();
    }
    const task = {
      abort: () => failWith(entry, 'abort'),
      onHeadersReceived() {},
      offHeadersReceived() {},
      onChunkReceived() {},
      offChunkReceived() {},
    };
    return rules.returns ? rules.returns(task, settled) : task;
  };

  return {
    request,
    enterBackground() {
      refusing = strictBackground;
    },
    /** The app has been in the background for five seconds. */
    interrupt() {
      refusing = true;
      for (const entry of everyRequest()) failWith(entry, 'interrupted');
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
