import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { deliver, eventsOf, tick, trackerOf, useFakeTime } from '../adapters/contract';
import { alipayHost } from '../helpers/simulatedHosts/alipay';
import { createSimulatedHost, type HostSpec, type SimulatedHost } from '../helpers/simulatedHosts/createSimulatedHost';
import { createDevice } from '../helpers/simulatedHosts/device';
import { douyinHost } from '../helpers/simulatedHosts/douyin';
import { wechatHost } from '../helpers/simulatedHosts/wechat';

// Visits that nobody thought of: the app must see the same with a tracker and without one, and what is told must fit.

const PLUGINS = `sdk.launchSource(), sdk.appLifecycle(), sdk.pageView(), sdk.pageLeave(), sdk.tap(), sdk.share(),
  sdk.experiment({ experiments: { a: { x: 1, y: 1 } } }), sdk.timers(), sdk.errors(), sdk.performance({ slowRequestMs: 1 })`;
const LIFE = ['onLoad(query)', 'onShow()', 'onHide()', 'onUnload()', 'buy(event)'];
const life = (page: string): string => LIFE.map((head) => `${head} { log('${page} ${head}', arguments.length); }`).join(', ');

/** A page with functions of its own, one whose functions come from elsewhere, and one whose code calls them itself. */
const pagesOf = ({ constructors }: HostSpec): Record<string, string> => ({
  'pages/home': `Page({ ${life('home')}, onShareAppMessage() { return { title: 'Home', path: '/pages/home?k=1' }; } });`,
  'pages/a': constructors.includes('Behavior')
    ? `const shared = Behavior({ methods: { ${life('a')} } }); Page({ behaviors: [shared] });`
    : `const shared = Mixin({ methods: { ${life('a')} } }); Page({ mixins: [shared] });`,
  'pages/b': `Page({ ${life('b')}, async again() { await null; this.onShow(); this.onHide(); } });`,
});
const appOf = ({ name }: HostSpec, isTracked: boolean): string => `
  ${isTracked ? `const sdk = require('minitrail');` : ''}
  exports.tracker = ${isTracked ? `sdk.createTracker({ adapter: sdk.${name}(), endpoint: 'https://collect.example.com/v1/events', plugins: [${PLUGINS}] })` : '{ track() {}, reset() {}, variant() {} }'};
  App({ onShow() { log('app show'); }, onHide() { log('app hide'); } });
`;

type Act = (host: SimulatedHost, page: Record<string, unknown>) => unknown;
const call = (page: Record<string, unknown> | undefined, name: string): unknown =>
  (page as Record<string, () => void>)[name]?.();
const PATHS = ['pages/home', 'pages/a', 'pages/b'];
const VISIBLE: Readonly<Record<string, Act>> = {
  'open a': (host) => host.open('pages/a', { q: '1' }),
  'open b': (host) => host.open('pages/b'),
  redirect: (host) => host.redirect('pages/b'),
  back: (host) => host.stack.length > 1 && host.back(),
  tap: (host, page) => host.tap([[page, 'buy', { id: 'buy' }]]),
  share: (host) => host.share(),
};
const ANYWHEN: Readonly<Record<string, Act>> = {
  'code shows the first page': (host) => call(host.stack[0]?.instance, 'onShow'),
  'code hides the first page': (host) => host.stack.length > 1 && call(host.stack[0]?.instance, 'onHide'),
  'code calls': (_, page) => page.again && (page.again as () => unknown).call(page),
  'clock on': () => tickClock(86_400_000),
  'clock back': () => tickClock(-3_600_000),
  full: (host) => Object.assign(host.device, { full: !host.device.full }),
  'no listeners'(host) {
    for (const name of ['offAppShow', 'offAppHide']) (host.api[name] as () => void)();
  },
  track: (host) => trackerOf(host).track('x', {}, { durable: true }),
  variant: (host) => (trackerOf(host) as unknown as { variant(name: string): void }).variant('a'),
  reset: (host) => trackerOf(host).reset(),
};
const tickClock = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

const visit = async (spec: HostSpec, acts: readonly (readonly [act: string, ms: number])[], isTracked: boolean) => {
  const host = createSimulatedHost(spec, createDevice());
  host.launch({ app: appOf(spec, isTracked), ...pagesOf(spec) }, { path: PATHS[0], query: { id: '7' } }, PATHS[0], { id: '7' });
  let isHidden = false;
  const tops = ['pages/home'];
  for (const [act, ms] of acts) {
    const page = (host.stack[host.stack.length - 1] as (typeof host.stack)[number]).instance;
    if (act === 'background') {
      if (isHidden) host.show({});
      else host.hide();
      isHidden = !isHidden;
    } else if (!isHidden || !VISIBLE[act]) await ((VISIBLE[act] || ANYWHEN[act]) as Act)(host, page);
    tops.push((host.stack[host.stack.length - 1] as (typeof host.stack)[number]).path);
    await tick(ms);
  }
  if (isHidden) host.show({});
  Object.assign(host.device, { full: false });
  if (isTracked) await deliver(host);
  return { host, tops };
};

/** Without those that are the one before them. */
const changes = (list: readonly unknown[]): readonly unknown[] => list.filter((each, index) => each !== list[index - 1]);

describe.each([wechatHost, alipayHost, douyinHost])('random visits on $name', (spec) => {
  useFakeTime();

  it('are the same to the app, and told as views and leaves in turn, with times that passed', async () => {
    const act = fc.constantFrom('background', ...Object.keys(VISIBLE), ...Object.keys(ANYWHEN));
    const acts = fc.array(fc.tuple(act, fc.constantFrom(0, 10, 120, 700, 20_000)), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(acts, async (given) => {
        const { host: bare } = await visit(spec, given, false);
        const { host, tops } = await visit(spec, given, true);
        expect(host.logged).toEqual(bare.logged);
        expect(host.warnings).toEqual([]);
        const events = [...new Map(eventsOf(host.device).map((event) => [event.id, event])).values()];
        const { accepted, acknowledged } = trackerOf(host).stats();
        expect([acknowledged, events.length]).toEqual([accepted, accepted]);
        const views = events.filter(({ name }) => name === 'page_view').map(({ properties }) => properties.path);
        expect(changes(views)).toEqual(changes(tops));
        let open: unknown;
        let isAway = true;
        for (const { name, properties } of events) {
          const { path, duration_ms = 0 } = properties;
          expect(duration_ms).toBeGreaterThanOrEqual(0);
          expect(duration_ms).toBeLessThanOrEqual(40 * 20_000 * 2);
          if (/^app_(show|hide)$/.test(name)) {
            expect(`${name} ${isAway}`).toMatch(/show true|hide false/);
            isAway = name === 'app_hide';
          }
          if (name === 'page_view') expect(open).toBeUndefined();
          if (name === 'page_leave') expect(path).toBe(open);
          if (/^page_(view|leave)$/.test(name)) open = name === 'page_view' ? path : undefined;
        }
        trackerOf(host).destroy();
      }),
      { numRuns: 40 },
    );
  });
});
