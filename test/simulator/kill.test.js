import { beforeEach, describe, expect, it, vi } from 'vitest';
import { scriptedFetch, startHost } from './startHost.js';

describe('createHost: kill', () => {
  beforeEach(() => vi.useFakeTimers());

  it('drops timers and callbacks, calls nothing in the app, and keeps the storage', async () => {
    const { fetch, calls } = scriptedFetch();
    const { host, device, lines } = await startHost({
      fetch,
      modules: {
        'pages/home/home.js': `
          const { log } = require('../../utils/log');
          Page({
            onLoad() {
              wx.setStorageSync('kept', { n: 1 });
              setTimeout(() => log('timer'), 1000);
              setInterval(() => log('interval'), 1000);
              wx.request({ url: 'http://127.0.0.1:1/', success: () => log('success'), fail: () => log('fail') });
              wx.getStorage({ key: 'kept', complete: () => log('complete') });
            },
            onHide() { log('hide'); }, onUnload() { log('unload'); },
          })`,
      },
      launch: false,
    });
    void host.launch(); // not awaited: its callbacks are still on their way
    lines();
    host.kill();
    calls[0].answer(200);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(lines()).toEqual([]);
    expect(host.state()).toBe('killed');
    expect(vi.getTimerCount()).toBe(0);

    const next = await startHost({ device });
    expect(next.host.api.getStorageSync('kept')).toEqual({ n: 1 });
    expect(next.host.app()).not.toBe(host.app());
  });

  it('keeps what waited for latency on the phone', async () => {
    const { fetch, calls } = scriptedFetch();
    const { host } = await startHost({ fetch });
    host.setLatency(500);
    host.api.request({ url: 'http://127.0.0.1:1/' });
    host.kill();
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls).toHaveLength(0);
  });
});
