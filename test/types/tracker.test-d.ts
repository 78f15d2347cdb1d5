import {
  type AutotrackOptions,
  autotrack,
  createTracker,
  instrument,
  json,
  type Plugin,
  pageView,
  profile,
  remoteRules,
  share,
  type Tracker,
  tap,
  timers,
  trigger,
  webviewLink,
} from '../../src/index';
import type { Adapter } from '../../src/types/adapter';
import type { DropReason, FlushResult, Stats } from '../../src/types/stats';

declare const adapter: Adapter;
const endpoint = 'https://collect.example.com/v1/events';

// --- createTracker: what it must be given

createTracker({ adapter, endpoint });
// @ts-expect-error An adapter is needed.
createTracker({ endpoint });
// @ts-expect-error An endpoint is needed.
createTracker({ adapter });
// @ts-expect-error Options are needed.
createTracker();
// @ts-expect-error An option that does not exist.
createTracker({ adapter, endpoint, flushat: 3 });
// @ts-expect-error A number of events, not a text.
createTracker({ adapter, endpoint, flushAt: '3' });
createTracker({ adapter, endpoint: { url: endpoint, headers: { authorization: 'key' }, format: json(), timeoutMs: 5000 } });
// @ts-expect-error An endpoint has a URL.
createTracker({ adapter, endpoint: { headers: {} } });
createTracker({ adapter, endpoint, plugins: [false, null, undefined, 0, '', [pageView(), [tap()]]] });
// @ts-expect-error A plugin that was not called.
createTracker({ adapter, endpoint, plugins: [pageView] });
// @ts-expect-error `true` is no plugin; the preset takes booleans.
createTracker({ adapter, endpoint, plugins: [true] });
createTracker({ adapter, endpoint, beforeSend: (event) => (event.name === 'x' ? null : event) });
// @ts-expect-error Forgetting to return the event would drop them all.
createTracker({ adapter, endpoint, beforeSend: () => {} });
createTracker({
  adapter,
  endpoint,
  beforeSend(event) {
    // @ts-expect-error An event is changed by a copy.
    event.name = 'y';
    return { ...event, name: 'y' };
  },
});
createTracker({
  adapter,
  endpoint,
  onDrop(reason, count, sample) {
    reason satisfies DropReason;
    count satisfies number;
    sample satisfies readonly string[];
  },
  onBlocked: (status) => status satisfies number,
});

// --- track without a map: every name, any properties

const tracker = createTracker({ adapter, endpoint });
tracker satisfies Tracker;
tracker.track('anything');
tracker.track('anything', { a: 1, b: [new Date(), { c: null }] });
tracker.track('anything', {}, { durable: true });
// @ts-expect-error A name is text.
tracker.track(5);
// @ts-expect-error Properties are an object.
tracker.track('anything', 'text');
// @ts-expect-error An option that does not exist.
tracker.track('anything', {}, { urgent: true });

// --- track with a map, as a type and as an interface

interface ShopEvents {
  add_to_cart: { sku: string; price: number };
  search: { words?: string };
  open_cart: Record<string, never>;
}
const shop = createTracker<ShopEvents>({ adapter, endpoint });
shop.track('add_to_cart', { sku: 'A1', price: 19.9 });
shop.track('add_to_cart', { sku: 'A1', price: 19.9 }, { durable: true });
shop.track('search');
shop.track('search', { words: 'pear' });
shop.track('open_cart');
shop.track('open_cart', {});
// @ts-expect-error An event that is not in the map.
shop.track('add_to_card', { sku: 'A1', price: 19.9 });
// @ts-expect-error This event has properties that must be given.
shop.track('add_to_cart');
// @ts-expect-error One of them is missing.
shop.track('add_to_cart', { sku: 'A1' });
// @ts-expect-error A price is a number.
shop.track('add_to_cart', { sku: 'A1', price: '19.9' });
// @ts-expect-error A property that is not in the map.
shop.track('add_to_cart', { sku: 'A1', price: 19.9, colour: 'red' });
// @ts-expect-error A property that is not in the map.
shop.track('search', { word: 'pear' });

createTracker<{ pay: { amount: number } }>({ adapter, endpoint }).track('pay', { amount: 1 });

// --- the other members

shop.identify('u_1024', { level: 'gold' });
shop.identify(1024);
// @ts-expect-error A user id is text or a number.
shop.identify({ id: 1024 });
shop.register({ store: 's1', cart_size: () => 3 });
// @ts-expect-error One key at a time.
shop.unregister(['store']);
shop.flush() satisfies Promise<FlushResult>;
shop.stats() satisfies Stats;
// @ts-expect-error The account is read only.
shop.stats().accepted = 0;

const options = { data: { n: 1 }, onTap() {} };
// The type of what is wrapped stays what it was.
tracker.wrapPage(options) satisfies typeof options;
tracker.wrapComponent(options).data.n satisfies number;
tracker.wrapApp(options).onTap();

// --- autotrack: derived from the table of plugins

autotrack({}) satisfies readonly Plugin[];
autotrack({ appLifecycle: true, pageView: false, pageLeave: { exclude: ['pages/pay/index'] }, tap: { dataset: ['sku'] } });
// @ts-expect-error A plugin that does not exist.
autotrack({ pageViews: true });
// @ts-expect-error An option that this plugin does not have.
autotrack({ pageView: { dataset: ['sku'] } });
// @ts-expect-error A list of paths.
autotrack({ tap: { exclude: 'pages/pay/index' } });
// @ts-expect-error True, false or options.
autotrack({ tap: 'yes' });
// Every plugin takes `true`.
({ appLifecycle: true, pageView: true, pageLeave: true, tap: true, share: true }) satisfies AutotrackOptions;
// The options of a plugin are the preset's for it.
const tapOptions: NonNullable<Exclude<AutotrackOptions['tap'], boolean>> = {};
tap(tapOptions);

// --- what a plugin author meets

const plugin: Plugin = { name: 'own', setup: ({ host }) => instrument(host) };
plugin satisfies Plugin;
// @ts-expect-error A plugin is named.
({ setup() {} }) satisfies Plugin;
// @ts-expect-error enrich returns the event, a copy, or null.
({ name: 'own', enrich() {} }) satisfies Plugin;

// --- what plugins add

const known = createTracker({ adapter, endpoint, plugins: [pageView(), profile(), [timers(), webviewLink()], share()] });
known.profile.set({ level: 'gold' });
known.startTimer('watched');
known.decorateUrl('https://m.example.com') satisfies string;
known.shareToken() satisfies string;
// @ts-expect-error Without the plugin there is no such method.
known.variant('coupon');
// @ts-expect-error Without the plugin there is no such method.
createTracker({ adapter, endpoint, plugins: [pageView()] }).startTimer('watched');
// With an event map given by hand the list is not inferred: the method may be missing.
shop.profile?.set({ level: 'gold' });
// @ts-expect-error It may be missing.
shop.profile.set({ level: 'gold' });

// --- values typed by an interface, which have no index signature

interface Order {
  readonly id: string;
  readonly total: number;
}
declare const order: Order;
known.track('order_paid', order);
known.identify('u', order);
known.register(order);
known.profile.set(order);

// Rules are checked member by member.
trigger({ rules: [{ id: 'hesitates', when: { event: ['search', 'product_viewed'], session: true }, then: () => true }] });
// @ts-expect-error a rule says what it runs
trigger({ rules: [{ id: 'hesitates', when: { event: 'product_viewed' } }] });
// @ts-expect-error a rule of the app's own runs a function
trigger({ rules: [{ id: 'hesitates', when: { event: 'product_viewed' }, then: 'coupon' }] });
const remote = remoteRules({ handlers: { coupon: () => true } });
remote.take({ rules: [{ id: 'hesitates', when: { event: 'product_viewed', by: 'product_id', times: 3 }, then: 'coupon' }] });
// @ts-expect-error what comes from a server is data
remote.take({ rules: [{ id: 'hesitates', when: { event: 'product_viewed' }, then: () => true }] });
