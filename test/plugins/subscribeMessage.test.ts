import { describe, expect, it, vi } from 'vitest';
import { type SubscribeMessageOptions, subscribeMessage } from '../../src/plugins/subscribeMessage';
import { startWithApi } from '../helpers/startWithApi';

type Options = Record<string, unknown> & { success?(result: object): void; fail?(error: object): void };

const start = (platform = 'wechat', options?: SubscribeMessageOptions) => {
  const asked: Options[] = [];
  const api: { requestSubscribeMessage(given: Options): unknown } = {
    requestSubscribeMessage: (given) => void asked.push(given),
  };
  const own = api.requestSubscribeMessage;
  const world = startWithApi([subscribeMessage(options)], api, { platform });
  return {
    ...world,
    api,
    own,
    last: () => asked[asked.length - 1] as Options,
    actions: () => world.sent('subscribe_message').map(({ template_id, action }) => `${template_id} ${action}`),
  };
};

describe('subscribeMessage', () => {
  it('tracks which templates are asked for, and on which page', () => {
    const { api, sent } = start();
    vi.stubGlobal('getCurrentPages', () => [{ route: 'pages/paid/index' }]);
    api.requestSubscribeMessage({ tmplIds: ['a', 'b'], success() {} });
    expect(sent('subscribe_message')).toEqual([
      { action: 'asked', template_id: 'a', page_path: 'pages/paid/index' },
      { action: 'asked', template_id: 'b', page_path: 'pages/paid/index' },
    ]);
  });

  it.each([
    [
      'WeChat',
      'wechat',
      { tmplIds: ['a', 'b', 'c', 'd', 'e'] },
      { errMsg: 'ok', a: 'accept', b: 'reject', c: 'ban', d: 'filter', e: 'acceptWithAudio' },
      ['a accepted', 'b rejected', 'c banned', 'd filtered', 'e accepted'],
    ],
    [
      'Douyin, which answers for the ticked ones only',
      'douyin',
      { tmplIds: ['a', 'b', 'c', 'd'] },
      { errMsg: 'ok', templateSettings: { a: { status: 'accept' }, c: { status: 'limit' }, d: { status: 'unaccepted' } } },
      ['a accepted', 'b rejected', 'c limit', 'd unaccepted'],
    ],
    [
      'Douyin before 3.35',
      'douyin',
      { tmplIds: ['a', 'b'] },
      { errMsg: 'ok', a: 'fail', b: 'accept' },
      ['a failed', 'b accepted'],
    ],
    [
      'Alipay',
      'alipay',
      { entityIds: ['a', 'b'] },
      { behavior: 'subscribe', show: true, result: { subscribedEntityIds: ['a'], unsubscribedEntityIds: ['b'] } },
      ['a accepted', 'b rejected'],
    ],
    ['Alipay without lists', 'alipay', { entityIds: ['a'] }, { behavior: 'subscribe' }, ['a accepted']],
    [
      'Alipay when closed',
      'alipay',
      { entityIds: ['a'] },
      { behavior: 'cancel', result: { entityList: ['a'] } },
      ['a rejected'],
    ],
    ['Alipay when it could not ask', 'alipay', { entityIds: ['a'] }, { behavior: '', errorCode: 2 }, ['a failed']],
  ])('tracks the answer of %s', (_, platform, asked, answer, expected) => {
    const { api, last, actions } = start(platform);
    const success = vi.fn();
    api.requestSubscribeMessage({ ...asked, success });
    last().success?.(answer);
    expect(success).toHaveBeenCalledExactlyOnceWith(answer);
    expect(actions().filter((each) => !/asked$/.test(each))).toEqual(expected);
  });

  it.each([
    ['wechat', { tmplIds: ['a'] }, { errCode: 20004, errMsg: 'The main switch is switched off' }, 20004],
    ['douyin', { tmplIds: ['a'] }, { errNo: 21101, errMsg: 'template not exist' }, 21101],
    ['alipay', { entityIds: ['a'] }, { error: 11, errorMessage: 'no' }, 11],
  ])('tracks a refusal by %s with its code', (platform, asked, error, code) => {
    const { api, last, sent } = start(platform);
    api.requestSubscribeMessage({ ...asked, fail() {} });
    last().fail?.(error);
    expect(sent('subscribe_message').pop()).toEqual({ action: 'failed', template_id: 'a', error_code: code });
  });

  it.each([
    ['wechat', { tmplIds: 'zun-LzcQy' }, { errCode: 10001 }, 10001],
    ['alipay', { entityIds: 'zun-LzcQy' }, { error: 2 }, 2],
  ])('takes a text on %s for one template, as when the host refuses it', (platform, asked, error, error_code) => {
    const { api, last, sent } = start(platform);
    api.requestSubscribeMessage({ ...asked, fail() {} });
    last().fail?.(error);
    expect(sent('subscribe_message')).toEqual([
      { action: 'asked', template_id: 'zun-LzcQy' },
      { action: 'failed', template_id: 'zun-LzcQy', error_code },
    ]);
  });

  it.each([{}, { tmplIds: null }, { tmplIds: '' }, { tmplIds: [] }])('tells nothing of a call with %j', (asked) => {
    const { api, last, events } = start();
    api.requestSubscribeMessage({ ...asked, fail() {} });
    last().fail?.({ errCode: 10001 });
    expect(events).toEqual([]);
  });

  it('gives an answer no code, which hosts also tell of what went well', () => {
    const { api, last, sent } = start();
    api.requestSubscribeMessage({ tmplIds: ['a'], success() {} });
    last().success?.({ errMsg: 'ok', errCode: 0, a: 'accept' });
    expect(sent('subscribe_message').pop()).toEqual({ action: 'accepted', template_id: 'a' });
  });

  it('hears the promise that WeChat gives where there is no callback', async () => {
    const { api, actions } = (() => {
      const host = { requestSubscribeMessage: (_: Options) => Promise.resolve({ a: 'accept' }) };
      const world = startWithApi([subscribeMessage()], host);
      return {
        api: host,
        actions: () => world.sent('subscribe_message').map(({ action }) => action),
      };
    })();
    expect(await api.requestSubscribeMessage({ tmplIds: ['a'] })).toEqual({ a: 'accept' });
    expect(actions()).toEqual(['asked', 'accepted']);
  });

  it('lets a call without templates go its way', () => {
    const { api, sent, last } = start();
    const options = {};
    api.requestSubscribeMessage(options);
    expect(last()).toBe(options);
    expect(sent('subscribe_message')).toEqual([]);
  });

  describe('opened', () => {
    it.each([
      ['wechat', 1107],
      ['wechat', 1014],
      ['wechat', 1043],
      ['alipay', '1014'],
      ['alipay', '1305'],
      ['douyin', '017001'],
      ['douyin', '017002'],
      ['douyin', '026003'],
      ['douyin', '026004'],
      ['douyin', '026018'],
      ['douyin', '067001'],
    ])('is tracked on %s by scene %s', (platform, scene) => {
      const { host, sent } = start(platform);
      host.launch({ path: 'pages/order/index', query: { id: '42', '': '1', undefined: '2' }, scene });
      expect(sent('subscribe_message')).toEqual([{ action: 'opened', scene: `${scene}`, page_path: 'pages/order/index' }]);
    });

    it.each([
      ['wechat', 1011],
      // As a part of another code.
      ['wechat', '11014'],
      ['wechat', '10140'],
      ['alipay', '11014'],
      ['alipay', '13050'],
      ['douyin', '0260045'],
      ['douyin', '1026004'],
      ['douyin', '026001'],
      // Of another host.
      ['wechat', '1305'],
      ['alipay', '1107'],
      ['douyin', '1014'],
      ['kiosk', 1014],
      ['wechat', undefined],
    ])('is not tracked on %s by scene %s', (platform, scene) => {
      const { host, sent } = start(platform);
      host.launch({ path: 'a', scene });
      expect(sent('subscribe_message')).toEqual([]);
    });

    it('names the template that the link of the message names', () => {
      const { host, sent } = start('wechat', { templateParam: 'tmpl' });
      host.launch({ path: 'a', query: { tmpl: 'zun-LzcQy' }, scene: 1014 });
      expect(sent('subscribe_message')).toMatchObject([{ action: 'opened', template_id: 'zun-LzcQy' }]);
    });

    it('counts an entry once that the host repeats on the return from the background', () => {
      const { host, sent } = start();
      const entry = { path: 'a', query: { id: '1' }, scene: 1014 };
      host.launch(entry);
      host.hide();
      host.show(entry);
      expect(sent('subscribe_message')).toHaveLength(1);
      host.hide();
      host.show({ ...entry, query: { id: '2' } });
      expect(sent('subscribe_message')).toHaveLength(2);
    });
  });

  it('leaves out pages, and keeps what the host answers them', () => {
    const { api, host, last, sent } = start('wechat', { exclude: ['pages/pay/index'] });
    vi.stubGlobal('getCurrentPages', () => [{ route: 'pages/pay/index' }]);
    const success = vi.fn();
    api.requestSubscribeMessage({ tmplIds: ['a'], success });
    last().success?.({ a: 'accept' });
    host.launch({ path: 'pages/pay/index', scene: 1014 });
    expect(success).toHaveBeenCalledExactlyOnceWith({ a: 'accept' });
    expect(sent('subscribe_message')).toEqual([]);
  });

  it('puts the function of the host back', () => {
    const { api, own, tracker } = start();
    expect(api.requestSubscribeMessage).not.toBe(own);
    tracker.destroy();
    expect(api.requestSubscribeMessage).toBe(own);
  });

  it('counts two entries by messages that differ by the page alone', () => {
    const { host, sent } = start();
    host.launch({ path: 'pages/a', query: {}, scene: 1014 });
    host.hide();
    host.show({ path: 'pages/b', query: {}, scene: 1014 });
    expect(sent('subscribe_message').map(({ page_path }) => page_path)).toEqual(['pages/a', 'pages/b']);
  });

  it('takes an entry whose query is null', () => {
    const { host, sent } = start('wechat', { templateParam: 'tmpl' });
    host.launch({ path: 'a', query: null, scene: 1014 });
    expect(sent('subscribe_message')).toMatchObject([{ action: 'opened' }]);
  });
});
