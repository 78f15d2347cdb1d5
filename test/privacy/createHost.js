import { alipayHost } from '../helpers/simulatedHosts/alipay';
import { createSimulatedHost, later } from '../helpers/simulatedHosts/createSimulatedHost';
import { douyinHost } from '../helpers/simulatedHosts/douyin';
import { wechatHost } from '../helpers/simulatedHosts/wechat';

export const SPECS = { wx: wechatHost, my: alipayHost, tt: douyinHost };

/** Listeners that a host takes beside those of the app's life. */
const LISTENERS = ['Error', 'UnhandledRejection', 'PageNotFound', 'WindowResize'];

/** WeChat's clock and Douyin's. https://developers.weixin.qq.com/miniprogram/dev/api/base/performance/PerformanceEntry.html */
const ENTRIES = {
  wx: [
    {
      name: 'route',
      entryType: 'navigation',
      startTime: 1,
      duration: 2,
      path: 'pages/home',
      pageId: 1,
      navigationType: 'switchTab',
      referrerPath: 'pages/plain',
    },
    { name: 'downloadPackage', entryType: 'loadPackage', startTime: 1, duration: 2, packageName: 'pay', packageSize: 4096 },
  ],
  tt: [{ name: 'first-paint', entryType: 'paint', startTime: 1, duration: 2, path: 'pages/home' }],
};

/** A view in which every element that is asked for is in sight, and which was scrolled. */
const createView = (name) => ({
  createIntersectionObserver() {
    const observer = {
      relativeToViewport: () => observer,
      observe: (_, heard) => later(heard, { id: 'own_card', dataset: { own_sku: 1 }, intersectionRatio: 1 }),
      disconnect() {},
    };
    return observer;
  },
  createSelectorQuery() {
    const query = {
      selectViewport: () => ({ boundingClientRect() {}, scrollOffset() {} }),
      exec: (done) => done([{ height: 700 }, { scrollTop: 300, ...(name === 'wx' && { scrollHeight: 2000 }) }]),
    };
    return query;
  },
});

const observe = (called, clock, given) => {
  called.add('performance.createObserver');
  return clock.createObserver(...given);
};

/** What came of asking for a template, in each host's words. */
const ANSWERS = {
  wx: { own_template: 'accept' },
  my: { behavior: 'subscribe', result: { subscribedEntityIds: ['own_template'] } },
  tt: { templateSettings: { own_template: { status: 'accept' } } },
};

/**
 * A host with all that plugins ask for. `called` are the functions of `wx`, `my` or `tt` that anybody called,
 * and `called.missed` those that are not there; `tell` calls a listener as the host does.
 */
export const createHost = (name, device, isOld) => {
  const spec = SPECS[name];
  const view = createView(name);
  const called = Object.assign(new Set(), { missed: new Set() });
  const heard = {};
  const api = {
    requestSubscribeMessage({ tmplIds, entityIds, success, fail }) {
      const [asked] = tmplIds || entityIds;
      const failure = { errCode: 1, errNo: 1, error: 1, errMsg: 'fail' };
      later(asked === 'own_template' ? success : fail, asked === 'own_template' ? ANSWERS[name] : failure);
    },
    createSelectorQuery: view.createSelectorQuery,
  };
  if (name === 'my') api.createIntersectionObserver = view.createIntersectionObserver;
  for (const each of name === 'wx' ? [...LISTENERS, 'AppRoute'] : LISTENERS) {
    api[`on${each}`] = (listener) => {
      heard[each] = listener;
    };
    api[`off${each}`] = () => {};
  }
  const clock = {
    createObserver: (listener) => {
      heard.Performance = () => listener(name === 'wx' ? { getEntries: () => ENTRIES.wx } : ENTRIES.tt);
      return { observe() {}, disconnect() {} };
    },
  };
  if (name === 'wx') api.getPerformance = () => clock;
  // The documents do not list it for mini-programs, those for C# do:
  // https://developer.open-douyin.com/docs/resource/zh-CN/mini-game/develop/api/c-api/system/get-system-info
  const language = (own) => name === 'tt' && { getSystemInfoSync: () => ({ ...own(), language: 'zh_CN' }) };

  const host = createSimulatedHost(
    {
      ...spec,
      createApi(...args) {
        const bare = spec.createApi(...args);
        const all = { ...bare, ...api, ...language(bare.getSystemInfoSync) };
        // WeChat before 2.20.1. https://developers.weixin.qq.com/miniprogram/dev/api/base/system/wx.getDeviceInfo.html
        if (isOld) for (const each of ['getDeviceInfo', 'getWindowInfo', 'getAppBaseInfo']) delete all[each];
        for (const [member, own] of Object.entries(all)) {
          if (typeof own !== 'function') continue;
          all[member] = (...given) => {
            called.add(member);
            return own(...given);
          };
        }
        return name === 'tt' ? { ...all, performance: { createObserver: (...given) => observe(called, clock, given) } } : all;
      },
      dress(instance, ...rest) {
        spec.dress(instance, ...rest);
        if (name !== 'my') instance.createIntersectionObserver = view.createIntersectionObserver;
      },
      event(type, element, ...rest) {
        const event = spec.event(type, element, ...rest);
        // Offsets are documented by WeChat and Douyin: https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html
        if (name !== 'my') Object.assign(event.currentTarget, { offsetLeft: 12, offsetTop: 34 });
        // What a visitor typed, or the code of a phone number: never to be sent.
        return { ...event, detail: { x: 10, y: 20, value: 'secret', code: 'secret' } };
      },
    },
    device,
  );
  // What is asked for and is not there, so that no call stays unseen because this host lacks the function.
  const missed = new Proxy({}, { get: (_, member) => void (typeof member === 'string' && called.missed.add(member)) });
  Object.setPrototypeOf(host.api, missed);
  return { ...host, stack: () => host.stack, called, tell: (event, ...args) => heard[event] && heard[event](...args) };
};
