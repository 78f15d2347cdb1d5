import { describe, expect, it, vi } from 'vitest';
import { type ErrorsOptions, errors } from '../../src/plugins/errors';
import type { Plugin } from '../../src/types/plugin';
import { spyOnWarnings } from '../helpers/fakeHostTracker';
import { createListeners, startWithApi } from '../helpers/startWithApi';

const EVENTS = ['Error', 'UnhandledRejection', 'PageNotFound', 'AppRoute'];

const start = (options?: ErrorsOptions, { events = EVENTS, plugins = [] as Plugin[] } = {}) => {
  const { api, ...listeners } = createListeners(events);
  const world = startWithApi([...plugins, errors(options)], api);
  return { ...world, api, ...listeners };
};

const PAGE = [{ route: 'pages/home/index' }];

describe('errors', () => {
  // What the documents and typings of the hosts hand to a listener.
  it.each([
    [
      'WeChat, in one text',
      [
        "MiniProgramError\nCannot read property 'a' of null\nTypeError: Cannot read property 'a' of null\n    at f (app.js:1:2)",
      ],
      {
        name: 'TypeError',
        message: "Cannot read property 'a' of null",
        stack: "TypeError: Cannot read property 'a' of null\n    at f (app.js:1:2)",
      },
    ],
    [
      'WeChat, as an object',
      [{ message: 'ReferenceError: x is not defined\n    at f (app.js:1:2)' }],
      { name: 'ReferenceError', message: 'ReferenceError: x is not defined', stack: '    at f (app.js:1:2)' },
    ],
    [
      'Alipay, as two texts',
      ['x is not defined', 'ReferenceError: x is not defined\n    at f (app.js:1:2)'],
      {
        name: 'ReferenceError',
        message: 'x is not defined',
        stack: 'ReferenceError: x is not defined\n    at f (app.js:1:2)',
      },
    ],
    ['a host that tells no more than a sentence', ['sold out'], { message: 'sold out' }],
  ])('tracks app_error from %s', (_, args, expected) => {
    const { tell, sent } = start();
    vi.stubGlobal('getCurrentPages', () => PAGE);
    tell('Error', ...args);
    expect(sent('app_error')).toEqual([{ kind: 'error', page_path: 'pages/home/index', ...expected }]);
  });

  it.each([
    [
      'an error',
      Object.assign(new RangeError('too far'), { stack: 'S' }),
      { name: 'RangeError', message: 'too far', stack: 'S' },
    ],
    ['what an API of the host failed with', { errMsg: 'request:fail timeout' }, { message: 'request:fail timeout' }],
    ['the same of Alipay', { error: 12, errorMessage: 'no network' }, { message: 'no network' }],
    ['a text', 'no', { message: 'no' }],
    ['nothing', undefined, { message: 'undefined' }],
    ['a symbol', Symbol('s'), { message: 'Symbol(s)' }],
  ])('tracks a promise rejected with %s', (_, reason, expected) => {
    const { tell, sent } = start();
    tell('UnhandledRejection', { reason, promise: Promise.resolve() });
    expect(sent('app_error')).toEqual([{ kind: 'unhandled_rejection', ...expected }]);
  });

  it('names no page where there is none, or one of a plugin of the host', () => {
    const { tell, sent } = start();
    vi.stubGlobal('getCurrentPages', undefined);
    tell('Error', 'a');
    vi.stubGlobal('getCurrentPages', () => [null]);
    tell('Error', 'b');
    vi.stubGlobal('getCurrentPages', () => [{ __route__: 'pages/old/index' }]);
    tell('Error', 'c');
    expect(sent('app_error').map(({ page_path }) => page_path)).toEqual([undefined, undefined, 'pages/old/index']);
  });

  it('tracks the same error once a session', () => {
    let session = (_: string): unknown => undefined;
    const other: Plugin = { name: 'sessions', setup: (context) => void (session = context.session) };
    const { tell, sent } = start({}, { plugins: [other] });
    for (const message of ['a', 'b', 'a', 'a']) tell('Error', message);
    expect(sent('app_error').map(({ message }) => message)).toEqual(['a', 'b']);
    session('next');
    tell('Error', 'a');
    expect(sent('app_error')).toHaveLength(3);
  });

  it('tells errors apart by where they were thrown', () => {
    const { tell, sent } = start();
    tell('Error', 'x is not defined', 'at f (a.js:1:1)');
    tell('Error', 'x is not defined', 'at g (b.js:1:1)');
    expect(sent('app_error')).toHaveLength(2);
  });

  it('stops at max in a session, whatever is thrown', () => {
    const { tell, sent } = start({ max: 3 });
    for (let i = 0; i < 50; i++) tell('Error', `error ${i}`);
    expect(sent('app_error')).toHaveLength(3);
  });

  it('tells nothing with max 0, and of page and error each its own', () => {
    const none = start({ max: 0 });
    none.tell('Error', 'a');
    expect(none.sent('app_error')).toEqual([]);
    none.tracker.destroy();
    const { tell, sent } = start({ max: 2 });
    tell('Error', 'pages/gone/index');
    tell('AppRoute', { path: 'pages/gone/index', notFound: true });
    expect([sent('app_error'), sent('page_not_found')].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('names the kind of an error by a word of its own', () => {
    const { tell, sent } = start();
    for (const text of ['x is no SyntaxErrors', 'a URIError: bad', 'MyError']) tell('Error', text);
    expect(sent('app_error').map(({ name }) => name)).toEqual([undefined, 'URIError', 'MyError']);
  });

  it('tells errors apart by what comes after what it keeps of the message, and not by what comes far behind', () => {
    const { tell, sent } = start();
    const [long, longer] = ['m'.repeat(3000), 'm'.repeat(5000)];
    for (const text of [`${long}a`, `${long}b`, `${longer}a`, `${longer}b`]) tell('Error', text);
    expect(sent('app_error')).toHaveLength(3);
  });

  it('caps message and stack', () => {
    const { tell, sent } = start();
    tell('Error', 'm'.repeat(9000), 's'.repeat(9000));
    const [{ message, stack }] = sent('app_error') as [{ message: string; stack: string }];
    expect([message.length, stack.length]).toEqual([500, 2000]);
  });

  it.each([
    ['a text in the message', ['webviewScriptError']],
    ['a pattern', [/^webview\w+/]],
    ['a pattern that remembers where it was', [/webview/g]],
    ['a text in the stack', ['vendor.js']],
  ])('leaves out %s', (_, exclude) => {
    const { tell, sent } = start({ exclude });
    for (let i = 0; i < 3; i++) tell('Error', `webviewScriptError ${i}`, 'at f (vendor.js:1:1)');
    tell('Error', 'other', 'at f (app.js:1:1)');
    expect(sent('app_error').map(({ message }) => message)).toEqual(['other']);
  });

  it('leaves out by a number as by its text, and nothing by what is no pattern', () => {
    const { tell, sent } = start({ exclude: [404, { message: 'other' }] as never });
    for (const message of ['not found: 404', 'object', 'other']) tell('Error', message);
    expect(sent('app_error').map(({ message }) => message)).toEqual(['object', 'other']);
  });

  it('ends when what it tracks leads to the same error again', () => {
    const { api, tell, count } = createListeners(['Error']);
    let sent = 0;
    startWithApi([errors()], api, {
      beforeSend(event) {
        if (++sent < 100) tell('Error', 'again');
        return event;
      },
    });
    tell('Error', 'again');
    expect([sent, count('Error')]).toEqual([1, 1]);
  });

  it('ends when it leads to ever new ones', () => {
    const { api, tell } = createListeners(['Error']);
    let sent = 0;
    startWithApi([errors()], api, {
      beforeSend(event) {
        tell('Error', `again ${++sent}`);
        return event;
      },
    });
    tell('Error', 'first');
    expect(sent).toBe(20);
  });

  it('does not throw into the host', () => {
    const warnings = spyOnWarnings();
    const { tell, sent } = start();
    tell('UnhandledRejection');
    tell('Error', {
      get message() {
        throw new Error('getter');
      },
    });
    tell('Error', 'after');
    expect(sent('app_error').map(({ message }) => message)).toEqual(['undefined', 'after']);
    expect(warnings()).toEqual([expect.stringContaining('E1 errors')]);
  });

  it('runs where the host has none of the listeners, or refuses them', () => {
    const warnings = spyOnWarnings();
    start({}, { events: [] }).host.show();
    startWithApi(
      [errors()],
      {
        onError() {
          throw new Error('not in a plugin');
        },
      },
      { namespace: 'second' },
    ).tracker.destroy();
    expect(warnings()).toEqual([expect.stringContaining('E1 onError')]);
  });

  describe('page_not_found', () => {
    const missing = { path: 'pages/gone/index', query: { id: '7' }, isEntryPage: true };

    // "若开发者没有调用 wx.onPageNotFound 绑定监听，也没有声明 App.onPageNotFound，…将推入…页面不存在提示页面"
    // https://developers.weixin.qq.com/miniprogram/dev/api/base/app/app-event/wx.onPageNotFound.html
    it('leaves the page of the host in its place: no listener, unless the app has one', () => {
      vi.stubGlobal('getApp', () => ({ onLaunch() {} }));
      const { host, count } = start();
      host.launch();
      host.hide();
      host.show();
      expect(count('PageNotFound')).toBe(0);
    });

    it('is tracked beside the one of the app', () => {
      let app: object | undefined;
      vi.stubGlobal('getApp', () => app);
      const { host, count, tell, sent } = start();
      host.launch();
      expect(count('PageNotFound')).toBe(0);
      app = { onPageNotFound() {} };
      host.show();
      host.hide();
      host.show();
      expect(count('PageNotFound')).toBe(1);
      tell('PageNotFound', missing);
      expect(sent('page_not_found')).toEqual([{ path: 'pages/gone/index', query: { id: '7' }, is_entry: true }]);
    });

    it('is tracked for each page that is missing', () => {
      const { tell, sent } = start();
      for (const path of ['pages/a/a', 'pages/b/b', 'pages/a/a']) tell('AppRoute', { path, notFound: true });
      expect(sent('page_not_found').map(({ path }) => path)).toEqual(['pages/a/a', 'pages/b/b']);
    });

    it('is tracked from the routes of WeChat, and once where both tell it', () => {
      vi.stubGlobal('getApp', () => ({ onPageNotFound() {} }));
      const { host, tell, sent } = start();
      host.launch();
      tell('AppRoute', { path: 'pages/home/index', query: {}, notFound: false });
      tell('AppRoute', { ...missing, isEntryPage: undefined, notFound: true });
      tell('PageNotFound', missing);
      expect(sent('page_not_found')).toEqual([{ path: 'pages/gone/index', query: { id: '7' } }]);
    });
  });

  it('takes its listeners back', () => {
    vi.stubGlobal('getApp', () => ({ onPageNotFound() {} }));
    const { host, tracker, count } = start();
    host.launch();
    expect(EVENTS.map(count)).toEqual([1, 1, 1, 1]);
    tracker.destroy();
    expect(EVENTS.map(count)).toEqual([0, 0, 0, 0]);
  });

  it('is silent after destroy where the host takes no listener back', () => {
    const warnings = spyOnWarnings();
    const { api, tell } = createListeners(['Error']);
    delete api.offError;
    const { tracker, sent } = startWithApi([errors()], api);
    tracker.destroy();
    tell('Error', 'late');
    expect(sent('app_error')).toEqual([]);
    expect(warnings()).toEqual([]);
  });

  it.each([
    ['an object', { code: 40163, msg: 'code been used' }, '{"code":40163,"msg":"code been used"}'],
    ['an object with the words of the host', { errMsg: 'request:fail timeout' }, 'request:fail timeout'],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ['a list', [1, 'b'], '[1,"b"]'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['a number', 7, '7'],
    ['an error', new TypeError('no'), 'no'],
    ['a message that is no text', { message: { a: 1 } }, '{"message":{"a":1}}'],
  ])('tells what was rejected with %s', (_, reason, message) => {
    const { tell, sent } = start();
    tell('UnhandledRejection', { reason });
    expect(sent('app_error')).toMatchObject([{ kind: 'unhandled_rejection', message }]);
  });

  it('tells apart objects that refer to themselves', () => {
    const { tell, sent } = start();
    for (const code of [1, 2, 1]) {
      const reason: Record<string, unknown> = { code };
      reason.self = reason;
      tell('UnhandledRejection', { reason });
    }
    expect(sent('app_error').map(({ message }) => message)).toEqual(['{"code":1}', '{"code":2}']);
  });

  it('walks no further than it tells through objects that are connected many times over', () => {
    const { tell, sent } = start();
    // 1,679,616 ways to the last.
    const reads = vi.fn();
    const last = Object.defineProperty({}, 'read', { get: reads, enumerable: true });
    let reason: object = last;
    for (let i = 0; i < 8; i++) reason = { a: reason, b: reason, c: reason, d: reason, e: reason, f: reason };
    tell('UnhandledRejection', { reason });
    expect(sent('app_error')).toHaveLength(1);
    expect(reads.mock.calls.length).toBeLessThan(3000);
  });

  it('tells that something was thrown that has neither text nor JSON', () => {
    const warnings = spyOnWarnings();
    const { tell, sent } = start();
    tell('UnhandledRejection', { reason: Object.assign(Object.create(null), { toJSON: () => undefined }) });
    expect(sent('app_error')).toMatchObject([{ message: '[object Object]' }]);
    expect(warnings()).toEqual([]);
  });

  it('looks for URLs no further than in twice what it keeps', () => {
    const { tell, sent } = start();
    tell('Error', `https://e.com/?${'a'.repeat(1100)} and more`);
    expect(sent('app_error')).toMatchObject([{ message: 'https://e.com/' }]);
  });

  it('takes a frozen event, and tells an error without words', () => {
    const { tell, sent } = start();
    tell('UnhandledRejection', Object.freeze({ reason: Object.freeze({ code: 1 }) }));
    tell('UnhandledRejection', { reason: new RangeError('') });
    expect(sent('app_error')).toMatchObject([{ message: '{"code":1}' }, { name: 'RangeError', message: 'RangeError' }]);
  });

  it('listens again when the app is shown, for code of the app may take all listeners off', () => {
    const { host, sent, tell, count, clear } = start({}, { events: ['Error', 'UnhandledRejection'] });
    host.launch();
    clear('Error');
    host.hide();
    host.show();
    expect([count('Error'), count('UnhandledRejection')]).toEqual([1, 1]);
    tell('Error', 'seen');
    expect(sent('app_error')).toMatchObject([{ message: 'seen' }]);
  });

  it('leaves one listener however often the app is shown', () => {
    const heard: unknown[] = [];
    const { host } = startWithApi([errors()], {
      onError: (listener: unknown) => heard.push(listener),
      offError: (listener: unknown) => heard.splice(heard.indexOf(listener), 1),
    });
    host.launch();
    for (let times = 0; times < 3; times++) {
      host.hide();
      host.show();
    }
    expect(heard).toHaveLength(1);
  });

  it('listens once where the host takes no listener off', () => {
    const onError = vi.fn();
    const { host } = startWithApi([errors()], { onError });
    host.launch();
    host.hide();
    host.show();
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('tells rejections apart by their content', () => {
    const { tell, sent } = start();
    for (const code of [1, 2, 1]) tell('UnhandledRejection', { reason: { code, msg: 'no' } });
    for (const errno of [5, 6, 5]) tell('UnhandledRejection', { reason: { errMsg: 'request:fail', errno } });
    expect(sent('app_error').map(({ message }) => message)).toEqual([
      '{"code":1,"msg":"no"}',
      '{"code":2,"msg":"no"}',
      'request:fail',
      'request:fail',
    ]);
  });

  it.each([
    ['GET https://api.e.com/pay?token=abc&phone=13800138000 failed', 'GET https://api.e.com/pay failed'],
    ['page "/pages/pay/pay?phone=13800138000" is not found', 'page "/pages/pay/pay" is not found'],
    ['https://e.com/#/a?token=abc', 'https://e.com/'],
    ['what? a=b, or c?', 'what? a=b, or c?'],
    ['at f (https://e.com/app.js?t=abc:10:5)', 'at f (https://e.com/app.js:10:5)'],
    ['{"url":"https://e.com/a?token=abc","code":1}', '{"url":"https://e.com/a","code":1}'],
    ['GET https://e.com/a?callback=f(x)&token=abc failed', 'GET https://e.com/a failed'],
    ['pages/pay/pay?手机=13800138000 is not found', 'pages/pay/pay is not found'],
    ['pages/pay/pay?user[phone]=13800138000 is not found', 'pages/pay/pay is not found'],
  ])('takes the query out of the URLs in %s', (text, expected) => {
    const { tell, sent } = start();
    tell('Error', { message: text, stack: `Error\n    ${text}` });
    expect(sent('app_error')).toMatchObject([{ message: expected, stack: `Error\n    ${expected}` }]);
  });

  it.each([['pages/gone/index?phone=13800138000'], ['pages/gone/index%3Fphone%3D13800138000']])(
    'takes the query out of the missing page %s',
    (path) => {
      const { tell, sent } = start();
      tell('AppRoute', { path, notFound: true });
      expect(sent('page_not_found')).toEqual([{ path: 'pages/gone/index' }]);
    },
  );

  it('cuts no character in half', () => {
    const { tell, sent } = start();
    tell('Error', { message: `${'m'.repeat(499)}😀`, stack: `${'s'.repeat(1999)}😀` });
    expect(sent('app_error')).toMatchObject([{ message: 'm'.repeat(499), stack: 's'.repeat(1999) }]);
  });

  it('takes a text to leave out by the letter', () => {
    const { tell, sent } = start({ exclude: ['a.c(', '?'] });
    for (const message of ['abc', 'a.c(1)', 'really?', 'aXc(']) tell('Error', { message });
    expect(sent('app_error').map(({ message }) => message)).toEqual(['abc', 'aXc(']);
  });

  it.each(['AppRoute', 'PageNotFound', 'Error', 'UnhandledRejection'])('takes a call of %s with null', (event) => {
    const warnings = spyOnWarnings();
    vi.stubGlobal('getApp', () => ({ onPageNotFound() {} }));
    const { host, tell } = start();
    host.launch();
    tell(event, null);
    tell(event);
    expect(warnings()).toEqual([]);
  });
});
