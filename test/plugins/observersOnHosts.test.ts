import { describe, expect, it } from 'vitest';
import { deliver, eventsOf, filesOf, tick, useFakeTime } from '../adapters/contract';
import { alipayHost } from '../helpers/simulatedHosts/alipay';
import { createSimulatedHost } from '../helpers/simulatedHosts/createSimulatedHost';
import { createDevice } from '../helpers/simulatedHosts/device';
import { douyinHost } from '../helpers/simulatedHosts/douyin';
import { wechatHost } from '../helpers/simulatedHosts/wechat';

describe.each([wechatHost, alipayHost, douyinHost])('errors, performance and subscribeMessage on $name', (spec) => {
  useFakeTime();
  const { apiName } = spec;

  const launch = () => {
    const host = createSimulatedHost(spec, createDevice({ answer: () => ({ status: 200, body: '{}' }) }));
    const own = host.api.request;
    const plugins = 'sdk.errors(), sdk.performance({ slowRequestMs: 0 }), sdk.subscribeMessage()';
    host.launch(filesOf(spec, { plugins }), { path: 'pages/home', query: {} }, 'pages/home');
    const named = (name: string) => eventsOf(host.device).filter((event) => event.name === name);
    return { host, own, named };
  };

  it('deliver through a watched request, and tell of none of their own', async () => {
    const { host, own, named } = launch();
    expect(host.api.request).not.toBe(own);
    for (let i = 0; i < 3; i++) await deliver(host);
    expect(named('page_view')).toHaveLength(1);
    expect(named('slow_request')).toEqual([]);
    expect(host.warnings).toEqual([]);
  });

  it('tell of a request of the app, which gets its answer', async () => {
    const { host, named } = launch();
    host.run(`${apiName}.request({
      url: 'https://api.example.com/goods?token=1', method: 'POST', data: '{"batch":[]}',
      success(result) { log('answer', result.statusCode || result.status); },
    })`);
    await tick(100);
    await deliver(host);
    expect(host.logged).toContainEqual(['answer', 200]);
    expect(named('slow_request').map(({ properties }) => properties)).toMatchObject([
      { url: 'https://api.example.com/goods', method: 'POST', duration_ms: 40, status: 200, page_path: 'pages/home' },
    ]);
  });

  it('leave the host as it was', async () => {
    const { host, own } = launch();
    (host.exports('app').tracker as unknown as { destroy(): void }).destroy();
    expect(host.api.request).toBe(own);
  });
});

describe('performance on alipay', () => {
  useFakeTime();

  it('tells of a request that the app awaits', async () => {
    const host = createSimulatedHost(alipayHost, createDevice({ answer: () => ({ status: 200, body: '{"n":7}' }) }));
    host.launch(
      filesOf(alipayHost, { plugins: 'sdk.performance({ slowRequestMs: 0 })' }),
      { path: 'pages/home', query: {} },
      'pages/home',
    );
    host.run(
      `my.request({ url: 'https://api.example.com/goods', method: 'POST', data: '{"batch":[]}' }).then((result) => log('n', result.data.n))`,
    );
    await tick(100);
    await deliver(host);
    expect(host.logged).toContainEqual(['n', 7]);
    expect(eventsOf(host.device).filter(({ name }) => name === 'slow_request')).toHaveLength(1);
  });
});
