import { buildSync } from 'esbuild';
import { vi } from 'vitest';
import { createDevice } from '../helpers/simulatedHosts/device';
import { createHost, SPECS } from './createHost';
import { fieldsOf } from './fieldsOf';

export const ENDPOINT = 'https://collect.example.com/v1/events';
const APP_API = 'https://api.example.com/own';

/** Every plugin, with the options under which it sends the most. Names of the app's own begin with `own_`. */
export const PLUGINS = {
  launchSource: "launchSource({ table: groups, params: ['own_coupon'] })",
  appLifecycle: 'appLifecycle()',
  pageView: 'pageView()',
  pageLeave: 'pageLeave()',
  tap: "tap({ kinds: ['submit', 'change', 'phone', 'contact'] })",
  share: 'share()',
  exposure: 'exposure()',
  pageInteraction: 'pageInteraction()',
  favorite: 'favorite()',
  errors: 'errors()',
  performance: 'performance({ slowRequestMs: 10 })',
  subscribeMessage: "subscribeMessage({ templateParam: 'own_tmpl' })",
  experiment: 'experiment({ experiments: { own_test: { own_a: 1 } } })',
  redact: "redact({ keys: ['own_secret'] })",
  profile: 'profile()',
  timers: 'timers()',
  webviewLink: 'webviewLink()',
  anonymousId: 'anonymousId()',
  manualPages: 'manualPages([sdk.pageView(), sdk.pageLeave()])',
  persistentProperties: 'persistentProperties()',
  trigger: "trigger({ rules: [{ id: 'own_rule', when: { event: 'own_event' }, then: () => true }] })",
  remoteSwitch: 'remoteSwitch()',
  remoteRules: 'remoteRules({ handlers: { own: () => true } })',
  sample: 'sample(1)',
  mirror: "mirror({ endpoint: 'https://second.example.com/v1/events' })",
};

/** How each host names an entry from a list, a chat card and a message, one by no human, and its preview of a page. */
const SCENES = {
  wx: { start: 1001, card: 1007, message: 1014, automated: 1129, preview: 1154 },
  my: { start: '1000', card: '1007', message: '1014' },
  tt: { start: '021001', card: '021009', message: '026003' },
};

/** Parameters by which campaigns, ads and codes tell of themselves; what they become is in src/sources/readEntry.ts. */
const PARAMETERS = [
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'gdt_vid',
  'qz_gdt',
  'clickid',
  'weixinadinfo',
  'adid',
  'creativeid',
  'chInfo',
  'own_coupon',
];

/** What the endpoint says to `remoteSwitch` and `remoteRules`. */
const ANSWER = JSON.stringify({
  minitrail: {
    disabledEvents: ['own_disabled'],
    // biome-ignore lint/suspicious/noThenProperty: the name of the member.
    rules: [{ id: 'own_remote', when: { event: 'own_event' }, only: { tags: 'own_tag' }, then: 'own' }],
    tags: ['own_tag'],
  },
});

const groups = (name) =>
  buildSync({ entryPoints: [`src/scenes/${name}Groups.ts`], bundle: true, format: 'cjs', target: 'es2017', write: false })
    .outputFiles[0].text;

const appOf = (name, plugins) => `
  const sdk = require('minitrail');
  const { ${SPECS[name].name}Groups: groups } = require('scenes');
  getApp = () => ({ onPageNotFound() {} });
  const plugins = [${plugins.map((plugin) => `sdk.${PLUGINS[plugin]}`)}];
  exports.tracker = sdk.createTracker({
    adapter: sdk.${SPECS[name].name}(),
    endpoint: { url: '${ENDPOINT}', format: plugins.reduce((format, { reads }) => (reads ? reads(format) : format), sdk.json()) },
    plugins,
    beforeSend: (event) => (event.name === 'own_unwanted' ? null : event),
  });
  App({ onLaunch() {}, onShow() {}, onHide() {} });
`;

const HOME = `
  Page({
    onLoad() {},
    onShow() {},
    buy() {},
    onSubmit() {},
    onPullDownRefresh() {},
    onReachBottom() {},
    onTabItemTap() {},
    onPageScroll() {},
    onShareAppMessage() { return { title: 'own', path: '/pages/home?own_id=7' }; },
    onShareTimeline() { return { title: 'own', query: 'own_id=7' }; },
    onAddToFavorites() { return { title: 'own', query: 'own_id=7' }; },
  });
`;

const tick = (ms) => vi.advanceTimersByTimeAsync(ms);

/**
 * Lets an app with these plugins be used in every way that makes it tell something, on `wx`, `my` or `tt`.
 *
 * @returns the fields of all that left (batches, links, cards) and of what was stored; the host's functions that were
 * called, and those that it lacks; the batches.
 */
export const driveApp = async (name, plugins) => {
  const scenes = SCENES[name];
  const files = { scenes: groups(SPECS[name].name), app: appOf(name, plugins), 'pages/home': HOME, 'pages/plain': 'Page({});' };
  const bodies = [];
  const fields = new Set();
  const called = new Set();
  const missed = new Set();

  const noteState = (record) => {
    const { plugins: memories, ...state } = JSON.parse(record.split('\n')[0]);
    for (const each of [...Object.keys(state), ...Object.keys(memories).map((plugin) => `plugins.${plugin}`)])
      fields.add(`stored.${each}`);
  };
  /** One installation: what is stored outlives its processes. */
  const install = (isOld) => {
    const device = createDevice({
      answer: ({ url }) => (url === `${APP_API}/lost` ? 'offline' : { status: 200, body: ANSWER }),
    });
    return {
      device,
      start(scene, query = {}, entry = {}) {
        const host = createHost(name, device, isOld);
        const options = { path: 'pages/home', scene, query, ...entry };
        host.launch(files, options, 'pages/home', query);
        return { host, tracker: host.exports('app').tracker };
      },
      async end({ host, tracker }, how = 'flush') {
        if (how !== 'kill') {
          void tracker.flush();
          await tick(3000);
        }
        for (const [key, value] of device.values) if (/\ds$/.test(key)) noteState(value);
        if (how === 'destroy') tracker.destroy();
        host.kill();
        for (const each of host.called) called.add(each);
        for (const each of host.called.missed) missed.add(each);
        for (const { url, body } of device.requests.splice(0)) if (url === ENDPOINT) bodies.push(JSON.parse(body));
      },
    };
  };
  const noteLink = (prefix, link) => {
    for (const [, parameter] of link.matchAll(/[?&](\w+)=/g))
      if (!parameter.startsWith('own_')) fields.add(`${prefix}.${parameter}`);
  };

  const phone = install();
  const referrer = { referrerInfo: { appId: 'wxother' }, refererInfo: { appId: 'wxother' } };
  let app = phone.start(scenes.start, {}, referrer);
  const { host, tracker } = app;
  await tick(500);

  // What the app says itself.
  tracker.register({ own_registered: 1 });
  if (tracker.startTimer) tracker.startTimer('own_event');
  tracker.track('own_event', { own_sku: 1, own_secret: 'secret' });
  tracker.track('own_unwanted');
  tracker.identify('u_1', { own_level: 1 });
  tracker.setIds({ own_openid: 'o_1' });
  if (tracker.profile) {
    tracker.profile.set({ own_city: 1 });
    tracker.profile.setOnce({ own_city: 1 });
    tracker.profile.increment({ own_orders: 1 });
    tracker.profile.append({ own_seen: 1 });
    tracker.profile.unset('own_city');
    tracker.profile.delete();
  }
  if (tracker.decorateUrl) noteLink('url', tracker.decorateUrl('https://m.example.com/?own_a=1'));
  if (tracker.variant) tracker.variant('own_test');
  if (tracker.registerPersistent) tracker.registerPersistent({ own_registered: 1 });

  // The page, by finger.
  const page = host.stack()[0].instance;
  await tick(500);
  const element = { id: 'own_button', dataset: { own_sku: 1 } };
  for (const type of ['tap', 'longpress', 'submit', 'change', 'getphonenumber', 'contact']) {
    host.tap([[page, type === 'tap' ? 'buy' : 'onSubmit', element]], type);
    await tick(10);
  }
  page.onPullDownRefresh();
  page.onReachBottom();
  page.onTabItemTap({ index: 1, pagePath: 'pages/home', text: 'own' });
  page.onPageScroll(name === 'my' ? { scrollTop: 400, scrollHeight: 2000 } : { scrollTop: 400 });
  for (const from of ['menu', 'button']) noteLink('card', host.share(from).path);
  if (name === 'wx') {
    noteLink('card', `?${page.onShareTimeline().query}`);
    noteLink('card', `?${page.onAddToFavorites().query}`);
  }
  if (plugins.includes('share')) noteLink('card', `?_mt=${tracker.shareToken({ channel: 'own' })}`);
  await tick(1500);

  // What the host tells.
  host.tell('Error', 'own\nTypeError: own\n at own.js:1');
  host.tell('UnhandledRejection', { reason: new Error('own') });
  host.tell('PageNotFound', { path: 'pages/gone', query: { own_id: '7' }, isEntryPage: true });
  host.tell('Performance');

  // What the app asks of the host.
  for (const asked of ['own_template', 'own_other']) {
    host.api.requestSubscribeMessage({ tmplIds: [asked], entityIds: [asked], success() {}, fail() {} });
  }
  for (const path of ['/slow?own_token=1', '/lost']) {
    const answer = host.api.request({
      url: APP_API + path,
      method: 'GET',
      data: '',
      dataType: 'text',
      success() {},
      fail() {},
    });
    // Alipay's is a promise as well.
    Promise.resolve(answer).catch(() => undefined);
  }
  await tick(500);

  // Another page, to the background and back by a message.
  host.open('pages/plain', { own_id: '7' });
  await tick(500);
  host.back();
  host.hide(name === 'wx' ? { reason: 0 } : undefined);
  await tick(1000);
  host.show({ path: 'pages/home', scene: scenes.message, query: { own_tmpl: 'own_template' } });
  await tick(20_000);
  // Its events are those of pageView and pageLeave, and listed there.
  if (plugins.includes('manualPages') && plugins.includes('pageView')) tracker.pageView('pages/home#own', { own_id: '7' });
  await tick(6000);
  const token = plugins.includes('share') && /_mt=([\w.]+)/.exec(host.share().path)[1];
  await phone.end(app);
  // Killed with a page in sight and an event that waits: both are told by the next launch.
  app = phone.start(scenes.start);
  app.tracker.track('own_event');
  await tick(500);
  await phone.end(app, 'kill');
  app = phone.start(scenes.start);
  await tick(500);
  await phone.end(app, 'destroy');
  // An old base library.
  const old = install(true);
  app = old.start(scenes.start);
  await old.end(app);

  // Somebody comes by the card and shares it again.
  if (token) {
    const friend = install();
    app = friend.start(scenes.card, { _mt: token });
    app.host.share();
    app.tracker.track('own_event');
    await friend.end(app);
  }
  // Each on a new phone: the first source is kept short.
  const entries = [...PARAMETERS.map((each) => [scenes.start, { [each]: 'own' }]), [scenes.start, { scene: 'own' }]];
  if (scenes.automated) entries.push([scenes.automated]);
  if (scenes.preview) entries.push([scenes.preview]);
  for (const [scene, query] of plugins.includes('launchSource')
    ? entries
    : entries.filter(([each]) => each === scenes.preview)) {
    const visitor = install();
    app = visitor.start(scene, query, query ? {} : referrer);
    app.tracker.track('own_event');
    await visitor.end(app);
  }

  for (const body of bodies) for (const field of fieldsOf(body)) fields.add(field);
  return { fields, called, missed, bodies };
};
