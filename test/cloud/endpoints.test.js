import { afterEach, describe, expect, it, vi } from 'vitest';
import { alipayFunction } from '../../src/cloud/alipayFunction';
import { douyinContainer } from '../../src/cloud/douyinContainer';
import { wechatContainer } from '../../src/cloud/wechatContainer';
import { wechatFunction } from '../../src/cloud/wechatFunction';
import { json } from '../../src/formats/json';
import { verdictOf } from '../../src/transport/answer';
import { startTracker } from '../helpers/fakeHostTracker';
import { createWxCloud } from './fakeCloud.js';

const taken = { statusCode: 200, header: { 'X-Any': '1' }, data: '{}' };
const REQUEST = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}', timeoutMs: 60_000 };
const ask = ({ url, request }, { query = '', ...more } = {}) =>
  new Promise((done) => request({ ...REQUEST, url: url + query, ...more }, done));

const started = [];
const start = (endpoint, api) => {
  for (const [name, value] of Object.entries(api)) vi.stubGlobal(name, value);
  const world = startTracker([], { options: { endpoint } });
  started.push(world);
  return world;
};
afterEach(() => {
  for (const { tracker, host } of started.splice(0)) {
    tracker.destroy();
    host.restore();
  }
});

describe('an endpoint of a cloud that is given nothing', () => {
  it.each([wechatContainer, wechatFunction, douyinContainer, alipayFunction])('does not throw: %o', (endpoint) => {
    expect(() => [endpoint(), endpoint(null)]).not.toThrow();
  });

  it('is named where its format was not called, and the events wait', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { tracker } = start(container({ format: json }), {});
    tracker.track('a');
    expect(tracker.stats()).toMatchObject({ state: 'stopped', waiting: 1 });
    expect(warn.mock.calls.join()).toContain('E90 format');
    warn.mockRestore();
  });
});

const container = (more) => wechatContainer({ env: 'prod-01', service: 'events', ...more });

describe('wechatContainer', () => {
  it('calls the service as the documents say, with what the core put into the request', async () => {
    const cloud = createWxCloud({ container: () => taken });
    cloud.init();
    vi.stubGlobal('wx', { cloud });
    const answer = await ask(container({ path: '/collect' }), { query: '?a=1' });
    expect(cloud.calls[0]).toMatchObject({
      config: { env: 'prod-01' },
      path: '/collect?a=1',
      method: 'POST',
      header: { 'X-WX-SERVICE': 'events', 'content-type': 'application/json' },
      data: '{"a":1}',
      dataType: 'text',
      timeout: 15_000,
    });
    expect(answer).toEqual({ status: 200, headers: { 'X-Any': '1' }, body: '{}', message: undefined });
  });

  it.each([
    [-606001, '请求包大小超过 100KB', 413, 'split'],
    [102002, '请求超时', 0, 'retry'],
    [-501000, 'Authorization mismatch uin', 404, 'blocked'],
    [-501005, '环境信息异常', 404, 'blocked'],
    [-501005, '环境信息异常 -50 -501', 404, 'blocked'],
    [-501003, '请求次数超出环境配额', 429, 'retry'],
    [-501004, '并发请求超出环境配额', 429, 'retry'],
    [-501001, '云端系统错误', 0, 'retry'],
    [-404011, '云函数执行失败', 500, 'retry'],
    [-504002, '云函数执行失败', 500, 'retry'],
    [-604041, '其他错误', 0, 'retry'],
    [-604102, '调用超时', 0, 'retry'],
  ])('takes %s (%s) as a status of %d, which means %s', async (code, text, expected, verdict) => {
    const cloud = createWxCloud({ container: () => taken });
    cloud.init();
    cloud.broken = [code, text];
    vi.stubGlobal('wx', { cloud });
    const { status, message } = await ask(container());
    expect(status).toBe(expected);
    expect(verdictOf(status).type).toBe(verdict);
    expect(message).toContain(text);
  });

  it('leaves what the service answers to the core, whatever its status', async () => {
    const cloud = createWxCloud({ container: () => ({ statusCode: 503, header: { 'Retry-After': '7' }, data: 'busy' }) });
    cloud.init();
    vi.stubGlobal('wx', { cloud });
    expect(await ask(container())).toMatchObject({ status: 503, headers: { 'Retry-After': '7' }, body: 'busy' });
  });

  it('keeps events until the app has called wx.cloud.init(), and sends them then', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const cloud = createWxCloud({ container: () => taken });
    const { tracker } = start(container(), { wx: { cloud } });
    tracker.track('early');
    await tracker.flush();
    expect(tracker.stats()).toMatchObject({ acknowledged: 0, waiting: 1, dropped: {} });
    cloud.init();
    await vi.waitFor(
      async () => {
        await tracker.flush();
        expect(tracker.stats()).toMatchObject({ acknowledged: 1, waiting: 0 });
      },
      { timeout: 10_000, interval: 200 },
    );
  });

  it('stays within 100 KiB of text a call, however many events wait', async () => {
    const cloud = createWxCloud({ container: () => taken });
    cloud.init();
    const { tracker } = start(container(), { wx: { cloud } });
    for (let n = 0; n < 60; n++) tracker.track('large', { text: '字'.repeat(2000) });
    await tracker.flush();
    expect(tracker.stats()).toMatchObject({ acknowledged: 60, waiting: 0, dropped: {} });
    expect(cloud.calls.length).toBeGreaterThan(3);
    for (const { data } of cloud.calls) expect(Buffer.byteLength(data)).toBeLessThanOrEqual(100 * 1024);
  });
});

it.each([
  ['wechatContainer', wechatContainer, ['env', 'service', 'path']],
  ['wechatFunction', wechatFunction, ['env', 'name']],
  ['douyinContainer', douyinContainer, ['env', 'service', 'path']],
  ['alipayFunction', alipayFunction, ['env', 'name']],
])('%s is another endpoint for another value of each option', (_, make, options) => {
  const given = Object.fromEntries(options.map((option) => [option, '/a']));
  const urls = [given, ...options.map((option) => ({ ...given, [option]: '/b' }))].map((each) => make(each).url);
  expect(new Set(urls).size).toBe(1 + options.length);
});

describe('wechatFunction', () => {
  const events = (more) => wechatFunction({ name: 'events', ...more });

  it('hands the function a request, as an HTTP trigger would', async () => {
    const seen = [];
    const cloud = createWxCloud({ functions: { events: (event) => void seen.push(event) } });
    cloud.init();
    vi.stubGlobal('wx', { cloud });
    expect(await ask(events(), { query: '?a=1' })).toMatchObject({ status: 200 });
    expect(seen).toEqual([{ httpMethod: 'POST', path: '/?a=1', headers: REQUEST.headers, body: '{"a":1}' }]);
    expect(cloud.calls[0].config).toEqual({});
  });

  it.each([
    ['nothing', undefined, { status: 200, body: '' }],
    ['an object', { taken: 3 }, { status: 200, body: '{"taken":3}' }],
    [
      'an answer',
      { statusCode: 429, headers: { 'Retry-After': '9' }, body: 'slow' },
      { status: 429, headers: { 'Retry-After': '9' }, body: 'slow' },
    ],
    ['an answer with an object', { statusCode: 200, body: { accepted: ['a'] } }, { status: 200, body: '{"accepted":["a"]}' }],
  ])('reads %s that the function returns', async (_, result, answer) => {
    const cloud = createWxCloud({ functions: { events: () => result } });
    cloud.init();
    vi.stubGlobal('wx', { cloud });
    expect(await ask(events({ env: 'prod-01' }))).toMatchObject(answer);
  });

  it.each([
    ['a function that throws', { events: () => Promise.reject(new Error('no')) }, {}, 500],
    ['a function that is not there', {}, {}, 404],
    ['an environment that is not there', { events: () => undefined }, { env: 'other' }, 404],
  ])('takes %s for what it is', async (_, functions, options, status) => {
    const cloud = createWxCloud({ functions });
    cloud.init();
    vi.stubGlobal('wx', { cloud });
    expect(await ask(events(options))).toMatchObject({ status });
  });

  it('reads the code that older base libraries put into the text alone, behind that of who passed it on', async () => {
    const errMsg =
      'errCode: -404011 cloud function execution error | errMsg: cloud.callFunction:fail cloud function service error code -501005, error message Environment not found';
    vi.stubGlobal('wx', { cloud: { callFunction: ({ fail }) => fail({ errMsg }) } });
    expect(await ask(events())).toMatchObject({ status: 404, message: errMsg });
  });
});

describe('douyinContainer', () => {
  const endpoint = () => douyinContainer({ env: 'env-1', service: 's1' });
  const stub = (callContainer) => {
    const createCloud = vi.fn(() => ({ callContainer }));
    vi.stubGlobal('tt', { createCloud });
    return createCloud;
  };

  it('makes one cloud, and calls it as the documents say', async () => {
    const calls = [];
    const createCloud = stub((options) => {
      calls.push(options);
      options.success({ statusCode: 503, header: { 'Retry-After': '7' }, data: 'busy' });
    });
    const same = endpoint();
    await ask(same);
    expect(await ask(same)).toMatchObject({ status: 503, headers: { 'Retry-After': '7' }, body: 'busy' });
    expect(createCloud.mock.calls).toEqual([[{ envID: 'env-1', serviceID: 's1' }]]);
    expect(calls[0]).toMatchObject({
      path: '/v1/events',
      init: { method: 'POST', header: REQUEST.headers, body: '{"a":1}', timeout: 60_000 },
    });
  });

  it.each([
    [10401, 500, 'retry'],
    [20000, 404, 'blocked'],
    [21100, 0, 'retry'],
    [21102, 0, 'retry'],
    [undefined, 0, 'retry'],
  ])('takes the error %s as a status of %d, which means %s', async (errNo, expected, verdict) => {
    stub(({ fail }) => fail({ errNo, errMsg: 'callContainer:fail' }));
    const { status, message } = await ask(endpoint());
    expect(status).toBe(expected);
    expect(verdictOf(status).type).toBe(verdict);
    expect(message).toBe('callContainer:fail');
  });
});

describe('alipayFunction', () => {
  const endpoint = () => alipayFunction({ env: 'env-1', name: 'events' });
  const stub = (callFunction, init = () => Promise.resolve()) => {
    const createCloudContext = vi.fn(() => ({ init, callFunction }));
    vi.stubGlobal('my', { cloud: { createCloudContext } });
    return createCloudContext;
  };

  it('starts the cloud once, and hands the function a request', async () => {
    const calls = [];
    const create = stub((options) => {
      calls.push(options);
      options.success({ result: { statusCode: 200, body: 'ok' }, requestID: '1' });
    });
    const same = endpoint();
    await ask(same);
    expect(await ask(same)).toMatchObject({ status: 200, body: 'ok' });
    expect(create.mock.calls).toEqual([[{ env: 'env-1' }]]);
    expect(calls[0]).toMatchObject({ name: 'events', data: { httpMethod: 'POST', path: '/', body: '{"a":1}' } });
  });

  it('starts it again when it could not be started', async () => {
    let isDown = true;
    const create = stub(
      ({ success }) => success({ result: 1 }),
      () => (isDown ? Promise.reject({ error: 60004, errorMessage: '网络异常' }) : Promise.resolve()),
    );
    const same = endpoint();
    expect(await ask(same)).toMatchObject({ status: 0, message: '网络异常' });
    isDown = false;
    expect(await ask(same)).toMatchObject({ status: 200 });
    expect(create).toHaveBeenCalledTimes(2);
  });

  it.each([
    [60001, 'blocked'],
    [60002, 'retry'],
    [60003, 'retry'],
    [60005, 'retry'],
  ])('takes the error %s as %s', async (error, verdict) => {
    stub(({ fail }) => fail({ error, errorMessage: 'x' }));
    expect(verdictOf((await ask(endpoint())).status).type).toBe(verdict);
  });
});
