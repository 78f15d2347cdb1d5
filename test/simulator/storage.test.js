import { describe, expect, it } from 'vitest';
import { startHost } from './startHost.js';

const KB = 1024;
const call = (api, name, options) =>
  new Promise((resolve) => {
    api[name]({ ...options, success: (r) => resolve({ ok: true, ...r }), fail: (r) => resolve({ ok: false, ...r }) });
  });

describe('createStorage', () => {
  it('keeps values, copies them, and answers an absent key with an empty string', async () => {
    const { api } = (await startHost()).host;
    const value = { list: [1, { a: null }], text: '中文' };
    api.setStorageSync('k', value);
    value.list.push('later');
    expect(api.getStorageSync('k')).toEqual({ list: [1, { a: null }], text: '中文' });
    expect(api.getStorageSync('none')).toBe('');
    api.setStorageSync('when', new Date(5));
    expect(+api.getStorageSync('when')).toBe(5);
    expect(api.getStorageInfoSync()).toEqual({ keys: ['k', 'when'], currentSize: 1, limitSize: 10 * KB });
    api.removeStorageSync('k');
    expect(api.getStorageInfoSync().keys).toEqual(['when']);
  });

  it('refuses more than 1 MB under one key, counted in bytes', async () => {
    const { api } = (await startHost()).host;
    expect(() => api.setStorageSync('big', '字'.repeat(350 * KB))).toThrow('setStorageSync:fail entry size limit reached');
    expect(await call(api, 'setStorage', { key: 'big', data: 'x'.repeat(1024 * KB) })).toEqual({
      ok: false,
      errMsg: 'setStorage:fail entry size limit reached',
    });
    expect(api.getStorageSync('big')).toBe('');
  });

  it('refuses more than 10 MB in all, and keeps what it had', async () => {
    const { api } = (await startHost()).host;
    for (let n = 0; n < 10; n++) api.setStorageSync(`k${n}`, 'x'.repeat(1000 * KB));
    expect(() => api.setStorageSync('one more', 'x'.repeat(500 * KB))).toThrow(
      'setStorageSync:fail exceed storage max size 10Mb',
    );
    api.setStorageSync('k0', 'small');
    api.setStorageSync('one more', 'x'.repeat(500 * KB));
    expect(api.getStorageInfoSync().keys).toHaveLength(11);
  });

  it('has the asynchronous forms, with callbacks or a promise', async () => {
    const { api } = (await startHost()).host;
    expect(await call(api, 'setStorage', { key: 'a', data: 1 })).toEqual({ ok: true, errMsg: 'setStorage:ok' });
    expect(await api.getStorage({ key: 'a' })).toEqual({ data: 1, errMsg: 'getStorage:ok' });
    await expect(api.getStorage({ key: 'b' })).rejects.toEqual({ errMsg: 'getStorage:fail data not found' });
    await api.removeStorage({ key: 'a' });
    expect(await api.getStorageInfo()).toMatchObject({ keys: [] });
  });

  it('reports a full medium as a full storage', async () => {
    const { device } = await startHost({ launch: false });
    device.storage = Object.assign(new Map(), {
      set() {
        throw new Error('QuotaExceededError');
      },
    });
    const { host } = await startHost({ device });
    expect(() => host.api.setStorageSync('a', 1)).toThrow('setStorageSync:fail exceed storage max size 10Mb');
  });

  it('tells what changed', async () => {
    const { host } = await startHost();
    const changes = [];
    host.on('storage', (change) => changes.push(change));
    host.api.setStorageSync('a', 'é');
    host.api.removeStorageSync('a');
    expect(changes).toMatchObject([
      { op: 'set', key: 'a', bytes: expect.any(Number) },
      { op: 'remove', key: 'a', totalBytes: 0 },
    ]);
  });
});
