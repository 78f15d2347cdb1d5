import { describe, expect, it, vi } from 'vitest';
import { type Watch, watchApi } from '../../src/api/watchApi';
import { createLog } from '../../src/utils/log';
import { spyOnWarnings } from '../helpers/fakeHostTracker';

type Rejected = (reason: unknown) => void;
declare const process: {
  listeners(name: 'unhandledRejection'): Rejected[];
  on(name: 'unhandledRejection', listener: Rejected): void;
  removeAllListeners(name: 'unhandledRejection'): void;
};
declare const setImmediate: (run: () => void) => void;

type Api = Record<string, (...args: never[]) => unknown>;
type Callbacks = Record<'success' | 'fail' | 'complete', (result: unknown) => unknown>;

const watched = (given: object, look?: Watch) => {
  const api = given as Record<string, unknown>;
  const ends: unknown[] = [];
  const stop = watchApi(
    api,
    'request',
    createLog(),
    look ||
      (() => (result, ok) => {
        ends.push([ok, result]);
      }),
  );
  return { ends, stop, call: (...args: unknown[]) => (given as Api).request?.(...(args as never[])) };
};

describe('watchApi', () => {
  it.each([
    ['success', true],
    ['fail', false],
  ] as const)('tells the end by %s, before the app is told', (name, ok) => {
    const order: string[] = [];
    const { call } = watched({ request: (options: Callbacks) => options[name]({ code: 1 }) }, () => (result, good) => {
      order.push(`${good} ${result.code}`);
    });
    call({ [name]: () => order.push('app') });
    expect(order).toEqual([`${ok} 1`, 'app']);
  });

  it('keeps this, the arguments, the task and what callbacks return', () => {
    const task = { abort() {} };
    const success = vi.fn(() => 'taken');
    let seen: { self: unknown; args: unknown[]; answer: unknown } | undefined;
    const api = {
      request(this: unknown, ...args: [Callbacks, ...unknown[]]) {
        const self = { native: true };
        seen = { self: this, args, answer: args[0].success.call(self, 'x') };
        expect(success.mock.contexts).toEqual([self]);
        return task;
      },
    };
    const { call } = watched(api);
    const options = { url: '/a', header: { b: 1 }, success };
    expect(call(options, 7, undefined)).toBe(task);
    expect(seen?.self).toBe(api);
    expect(seen?.args).toHaveLength(3);
    expect(seen?.args.slice(1)).toEqual([7, undefined]);
    expect(seen?.args[0]).toMatchObject({ url: '/a', header: options.header });
    expect(success).toHaveBeenCalledExactlyOnceWith('x');
    expect(seen?.answer).toBe('taken');
  });

  it('hears the end of a call that has only one of the callbacks', () => {
    const { call, ends } = watched({ request: (options: Callbacks) => options.fail({ errMsg: 'no' }) });
    call({ complete() {} });
    expect(ends).toEqual([[false, { errMsg: 'no' }]]);
  });

  it('never writes to the options: frozen ones pass, and getters stay', () => {
    let reads = 0;
    const options = Object.freeze({
      success() {},
      get data() {
        reads++;
        return 1;
      },
    });
    const { call, ends } = watched({ request: (given: Callbacks & { data: number }) => given.success(given.data) });
    call(options);
    expect(ends).toHaveLength(1);
    expect(reads).toBe(1);
  });

  it('lets a throw of the host and of a callback through', () => {
    const thrown = new Error('host');
    expect(() =>
      watched({
        request() {
          throw thrown;
        },
      }).call({ success() {} }),
    ).toThrow(thrown);
    const { call } = watched({ request: (options: Callbacks) => options.success(1) });
    expect(() =>
      call({
        success() {
          throw thrown;
        },
      }),
    ).toThrow(thrown);
  });

  describe('a call without callbacks', () => {
    it('gives none to the host, which would return no promise then', () => {
      const request = vi.fn();
      const options = { url: '/a' };
      watched({ request }).call(options);
      expect(request.mock.calls[0]?.[0]).toBe(options);
    });

    it('resolves with the value of the host, and is told', async () => {
      const { call, ends } = watched({ request: () => Promise.resolve({ code: 1 }) });
      expect(await call({})).toEqual({ code: 1 });
      expect(ends).toEqual([[true, { code: 1 }]]);
    });

    it('rejects with the reason of the host, and is told', async () => {
      const reason = { errMsg: 'no' };
      const { call, ends } = watched({ request: () => Promise.reject(reason) });
      await expect(call({})).rejects.toBe(reason);
      expect(ends).toEqual([[false, reason]]);
    });

    it('leaves a rejection that nobody handles unhandled, and one that is handled handled', async () => {
      const unhandled: unknown[] = [];
      const others = process.listeners('unhandledRejection');
      process.removeAllListeners('unhandledRejection');
      process.on('unhandledRejection', (reason) => unhandled.push(reason));
      try {
        const { call } = watched({ request: ({ reason }: { reason: string }) => Promise.reject(reason) });
        (call({ reason: 'handled' }) as Promise<unknown>).catch(() => {});
        call({ reason: 'forgotten' });
        await new Promise<void>((done) => setImmediate(done));
        expect(unhandled).toEqual(['forgotten']);
      } finally {
        process.removeAllListeners('unhandledRejection');
        for (const listener of others) process.on('unhandledRejection', listener);
      }
    });

    // my.request returns both in one: https://opendocs.alipay.com/mini/api/owycmh
    it('returns the very object that is promise and task', async () => {
      const task = Object.assign(Promise.reject(new Error('cut')), { abort() {} });
      const { call, ends } = watched({ request: () => task });
      const result = call({});
      expect(result).toBe(task);
      await expect(result).rejects.toThrow('cut');
      expect(ends).toHaveLength(1);
    });
  });

  it('passes a call on untouched that it is not asked to follow', () => {
    const request = vi.fn(() => 'task');
    const api = { request };
    const { call } = watched(api, () => false);
    const options = { success() {} };
    expect(call(options)).toBe('task');
    expect(request.mock.contexts).toEqual([api]);
    expect((request.mock.calls as unknown[][])[0]?.[0]).toBe(options);
  });

  it.each([[[]], [[undefined]], [[null]], [['text']]])('passes a call with %j on', (args) => {
    const request = vi.fn();
    const look = vi.fn(() => undefined);
    watched({ request }, look).call(...args);
    expect(request.mock.calls).toEqual([args]);
    expect(look).toHaveBeenCalledTimes(args[0] ? 1 : 0);
  });

  it('leaves the function as found whichever of two stops first', () => {
    const own = () => 'own';
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const api = { request: own };
      const both = [watched(api), watched(api)];
      for (const i of order) both[i]?.stop();
      expect(api.request).toBe(own);
    }
  });

  it('names a fault of its own on the console and lets the call go on', () => {
    const warnings = spyOnWarnings();
    const { call } = watched({ request: (options: Callbacks) => options.success(1) }, () => () => {
      throw new Error('ours');
    });
    const success = vi.fn();
    call({ success });
    watched({ request: success }, () => {
      throw new Error('ours');
    }).call({});
    expect(success).toHaveBeenCalledTimes(2);
    expect(warnings()).toHaveLength(2);
    vi.restoreAllMocks();
  });

  it.each([
    ['a frozen API object', () => Object.freeze({ request: () => 'own' })],
    [
      'a member that is an accessor and ignores the write',
      () => ({
        get request() {
          return () => 'own';
        },
        set request(_) {},
      }),
    ],
    ['a member without a setter', () => Object.defineProperty({}, 'request', { get: () => () => 'own' })],
  ])('does nothing to %s', (_, make) => {
    const { call, stop } = watched(make());
    expect(call({})).toBe('own');
    stop();
    expect(call({})).toBe('own');
  });

  it('does nothing to a host that lacks the function', () => {
    const api = {};
    watched(api).stop();
    expect(Object.keys(api)).toEqual([]);
  });

  it('brings the properties of the function along', () => {
    const api = { request: Object.assign(() => undefined, { version: 2 }) };
    watched(api);
    expect(api.request.version).toBe(2);
  });

  it('puts the own function back', () => {
    const request = () => undefined;
    const api = { request };
    const { stop } = watched(api);
    expect(api.request).not.toBe(request);
    stop();
    expect(api.request).toBe(request);
  });

  it('leaves the function of somebody who wrapped it since, and falls silent', () => {
    const api: { request: (options: Callbacks) => unknown } = { request: (options) => options.success(1) };
    const { stop, ends } = watched(api);
    const ours = api.request;
    const theirs = (options: Callbacks) => ours(options);
    api.request = theirs;
    stop();
    expect(api.request).toBe(theirs);
    const success = vi.fn();
    api.request({ success } as never);
    expect(success).toHaveBeenCalledOnce();
    expect(ends).toEqual([]);
  });

  it('is not asked about a call after the stop, by code that kept the function', () => {
    const api: Api = { request: () => 'own' };
    const look = vi.fn(() => undefined);
    const { stop } = watched(api, look);
    const kept = api.request as (options: object) => unknown;
    stop();
    expect(kept({})).toBe('own');
    expect(look).not.toHaveBeenCalled();
  });

  it('is silent on a call that ends after the stop', () => {
    let finish = () => {};
    const { call, stop, ends } = watched({
      request(options: Callbacks) {
        finish = () => void options.success(1);
      },
    });
    const success = vi.fn();
    call({ success });
    stop();
    finish();
    expect(success).toHaveBeenCalledOnce();
    expect(ends).toEqual([]);
  });
});
