import { createServer } from 'node:http';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { scriptedFetch, startHost } from './startHost.js';

const URL_ = 'http://127.0.0.1:1/collect';

/** Requests through wx.request; `answers` collects what the callbacks get. */
const client = ({ host }) => {
  const answers = [];
  const send = (options = {}) =>
    host.api.request({
      url: URL_,
      method: 'POST',
      data: { a: 1 },
      ...options,
      success: (r) => answers.push(['success', r]),
      fail: (r) => answers.push(['fail', r]),
    });
  return { send, answers };
};

const flush = () => vi.advanceTimersByTimeAsync(0);

describe('createRequest', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }));

  it('calls success for every status', async () => {
    const { fetch, calls } = scriptedFetch();
    const world = await startHost({ fetch });
    const { send, answers } = client(world);
    for (const status of [200, 404, 500]) {
      send();
      calls.at(-1).answer(status, status === 200 ? '{"ok":true}' : 'oops', { 'x-a': 'b' });
      await flush();
    }
    expect(answers).toMatchObject([
      ['success', { statusCode: 200, data: { ok: true }, header: { 'x-a': 'b' }, errMsg: 'request:ok' }],
      ['success', { statusCode: 404, data: 'oops' }],
      ['success', { statusCode: 500, data: 'oops' }],
    ]);
  });

  it('encodes data by method and content type', async () => {
    const { fetch, calls } = scriptedFetch();
    const { send } = client(await startHost({ fetch }));
    send({ method: 'GET', data: { q: '字', n: 1 } });
    send({ header: { 'Content-Type': 'application/x-www-form-urlencoded' }, data: { q: 'a b' } });
    send({ data: 'as it is' });
    send({ data: { a: 1 } });
    expect(calls.map(({ url, body }) => [url, body])).toEqual([
      [`${URL_}?q=%E5%AD%97&n=1`, undefined],
      [URL_, 'q=a%20b'],
      [URL_, 'as it is'],
      [URL_, '{"a":1}'],
    ]);
    expect(calls[3].headers).toEqual({ 'content-type': 'application/json' });
  });

  it('fails without an answer: no network, a broken one, a slow one, an abort', async () => {
    const { fetch, calls } = scriptedFetch();
    const world = await startHost({ fetch });
    const { send, answers } = client(world);
    send();
    calls[0].fail('ECONNREFUSED');
    await flush();
    send({ timeout: 3000 });
    await vi.advanceTimersByTimeAsync(3000);
    send().abort();
    world.host.setOnline(false);
    send();
    await flush();
    expect(answers.map(([kind, { errMsg }]) => [kind, errMsg])).toEqual([
      ['fail', 'request:fail net::ERR_CONNECTION_REFUSED ECONNREFUSED'],
      ['fail', 'request:fail timeout'],
      ['fail', 'request:fail abort'],
      ['fail', 'request:fail net::ERR_INTERNET_DISCONNECTED'],
    ]);
    expect(calls).toHaveLength(3); // offline, nothing left the phone
  });

  it('lets ten leave at a time', async () => {
    const { fetch, calls } = scriptedFetch();
    const { send } = client(await startHost({ fetch }));
    for (let n = 0; n < 12; n++) send();
    expect(calls).toHaveLength(10);
    calls[0].answer(200);
    await flush();
    expect(calls).toHaveLength(11);
  });

  it('interrupts what is not finished five seconds after hiding, then refuses until the app is back', async () => {
    const { fetch, calls } = scriptedFetch();
    const world = await startHost({ fetch });
    const { send, answers } = client(world);
    send();
    await world.host.hide();
    send(); // from onHide, or soon after: it still leaves
    expect(calls).toHaveLength(2);
    calls[1].answer(200);
    await vi.advanceTimersByTimeAsync(5000);
    expect(answers.map(([kind, { errMsg }]) => [kind, errMsg])).toEqual([
      ['success', 'request:ok'],
      ['fail', 'request:fail interrupted'],
    ]);
    send();
    expect(calls).toHaveLength(2);
    await world.host.show();
    await flush();
    expect(answers.at(-1)[1].errMsg).toBe('request:fail interrupted');
    send();
    expect(calls).toHaveLength(3);
  });

  it('refuses in the background at once when it is strict', async () => {
    const { fetch, calls } = scriptedFetch();
    const world = await startHost({ fetch, strictBackground: true });
    await world.host.hide();
    client(world).send();
    expect(calls).toHaveLength(0);
  });

  it('tells what left the phone and what came back', async () => {
    const { fetch, calls } = scriptedFetch();
    const { host, ...rest } = await startHost({ fetch });
    const seen = [];
    host.on('request', (r) => seen.push(['request', r]));
    host.on('response', (r) => seen.push(['response', r]));
    host.setLatency(100);
    client({ host, ...rest }).send();
    expect(seen).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    calls[0].answer(503, 'busy');
    await flush();
    expect(seen).toMatchObject([
      ['request', { id: 1, url: URL_, method: 'POST', body: '{"a":1}', bytes: 7 }],
      ['response', { id: 1, status: 503, body: 'busy', ms: 100 }],
    ]);
  });

  it('reports the network and its changes', async () => {
    const { host } = await startHost();
    const heard = [];
    host.api.onNetworkStatusChange((status) => heard.push(status));
    expect((await host.api.getNetworkType()).networkType).toBe('wifi');
    host.setOnline(false);
    await flush();
    expect((await host.api.getNetworkType()).networkType).toBe('none');
    expect(heard).toEqual([{ isConnected: false, networkType: 'none' }]);
  });
});

describe('createRequest over HTTP', () => {
  it('posts to a server', async () => {
    const bodies = [];
    const server = createServer((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)));
      request.on('end', () => response.writeHead(202).end('{"accepted":1}'));
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    const { host } = await startHost();
    const answer = await new Promise((success, fail) => {
      host.api.request({
        url: `http://127.0.0.1:${server.address().port}/`,
        method: 'POST',
        data: { n: '一' },
        success,
        fail,
      });
    });
    server.close();
    expect(answer).toMatchObject({ statusCode: 202, data: { accepted: 1 } });
    expect(bodies).toEqual(['{"n":"一"}']);
  });
});
