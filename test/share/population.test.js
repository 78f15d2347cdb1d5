import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { share } from '../../src/plugins/share.ts';
import { createPhone, withoutPhones } from './phone.js';
import { rebuildShares } from './rebuildShares.js';

// `SHARE_TREES=2000 npx vitest run test/share/population.test.js` for the long run, with another `SHARE_SEED` each time.
const TREES = Number(process.env.SHARE_TREES ?? 200);
const SEED = Number(process.env.SHARE_SEED ?? 20261121);
const WINDOW_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What a page returns of a link of its own, in every form; `undefined` where it names none. */
const FORMS = {
  object: (path) => ({ title: 't', path }),
  withoutPath: () => ({ title: 't' }),
  frozen: (path) => Object.freeze({ path }),
  promise: (path) => Promise.resolve({ path }),
  slowPromise: (path) => new Promise((resolve) => setTimeout(resolve, 1000, { path })),
  promiseField: (path) => ({ path, promise: new Promise((resolve) => setTimeout(resolve, 500, { title: 'late', path })) }),
  lateField: (path) => ({ path, promise: new Promise((resolve) => setTimeout(resolve, 9000, { title: 'late', path })) }),
  titleField: (path) => ({ path, promise: Promise.resolve({ title: 'late' }) }),
  rejectedField: (path) => ({ path, promise: Promise.reject(new Error('no')) }),
  nothing: () => undefined,
  asyncNothing: async () => undefined,
  async: async (path) => ({ path }),
};

const pagesOf = (phone) => {
  const handlers = {
    onShareAppMessage: () => FORMS[phone.form](`/pages/item?id=${encodeURIComponent('a&b 你')}&n=${phone.form}#top`),
    onShareTimeline: () => FORMS[phone.form] && { query: 'id=1' },
    onAddToFavorites: () => (phone.form === 'nothing' ? undefined : { title: 't' }),
  };
  return {
    'pages/home': () => handlers,
    'pages/item': () => ({ methods: { onLoad() {}, ...handlers } }),
    // On Alipay the app shares for it, elsewhere nobody does.
    'pages/plain': () => ({}),
  };
};

const PEOPLE = 8;
const person = fc.nat(PEOPLE - 1);
const platforms = fc.array(fc.constantFrom('wechat', 'alipay', 'douyin'), { minLength: PEOPLE, maxLength: PEOPLE });
const minutes = fc.nat(200);
const steps = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('share'),
      who: person,
      kind: fc.constantFrom('message', 'message', 'message', 'timeline', 'favorite', 'poster'),
      form: fc.constantFrom(...Object.keys(FORMS)),
      from: fc.constantFrom('menu', 'button'),
      channel: fc.constantFrom(undefined, '', 'video', 'token'),
      replaces: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('pass'), who: person, form: fc.constantFrom(...Object.keys(FORMS)) }) },
  // Of the links so far, the latest more often: chains get long.
  { weight: 8, arbitrary: fc.record({ type: fc.constant('open'), who: person, link: fc.oneof(fc.nat(2), fc.nat(60)) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('openFavorite'), who: person, link: fc.nat(60) }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('buy'), who: person, amount: fc.integer({ min: 1, max: 99 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('enter'), who: person, page: fc.constantFrom('home', 'plain') }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('return'), who: person, repeats: fc.constantFrom('entry', 'page') }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('forward'), who: person }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('kill'), who: person, hides: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('wait'), minutes: fc.oneof(minutes, fc.nat(2000)) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('reset'), who: person }) },
);

/** Runs a story and keeps the true tree beside it: who shared what, by whose share they came, what they bought. */
const live = async (hosts, story) => {
  const inbox = [];
  const nodes = [];
  const links = [];
  const totals = { ownOpens: 0, repeats: 0, favorites: 0, circles: 0 };
  const people = hosts.map((platform) => {
    const phone = { form: 'object' };
    const created = createPhone({
      platform,
      pages: pagesOf(phone),
      app: () => (platform === 'alipay' ? { onShareAppMessage: () => FORMS[phone.form]('pages/item?id=9') } : {}),
      trackers: () => [{ plugins: [share({ windowMs: WINDOW_MS })] }],
      inbox,
    });
    return { phone: Object.assign(phone, { run: created }), platform, by: undefined, at: 0, opened: new Set(), identity: {} };
  });
  const run = ({ phone }) => phone.run;
  const awake = (one) => {
    if (run(one).state === 'dead') run(one).enter('/pages/home');
    else if (run(one).state === 'background') run(one).back();
    return run(one);
  };
  const creditorOf = (one) => (one.by && Date.now() - one.at < WINDOW_MS ? one.by : undefined);

  const take = (node, one) => {
    node.openers.set(one.identity, (node.openers.get(one.identity) ?? 0) + 1);
    if (one.opened.has(node)) totals.repeats += 1;
    one.opened.add(node);
    for (let above = node.parent; above; above = above.parent) if (above.sharer === one.identity) totals.circles += 1;
    one.by = node;
    one.at = Date.now();
  };

  const ways = {
    async share(one, { kind, form, from, channel, replaces }) {
      const phone = awake(one);
      one.phone.form = form;
      const parent = creditorOf(one);
      let link;
      if (kind === 'poster') link = `/pages/item?scene=${encodeURIComponent(phone.tracker.shareToken({ channel }))}`;
      else {
        const sharing = phone.share({ kind: one.platform === 'wechat' ? kind : 'message', from, channel, replaces });
        await vi.advanceTimersByTimeAsync(3500);
        link = await sharing;
      }
      // No handler, or nothing returned where nothing is nothing: no share.
      if (!link) return;
      // A page that was opened by a poster keeps its `scene` beside the new token.
      const [, id] = /_mt=mt\.(\w{10})/.exec(link) ?? /scene=mt\.(\w{10})/.exec(link) ?? [];
      const node = { id, parent, sharer: one.identity, openers: new Map(), paid: 0, paidBelow: 0 };
      nodes.push(node);
      links.push({ link, node, platform: one.platform });
    },
    open(one, { link: back }, scene) {
      const known = links.filter(({ platform }) => platform === one.platform);
      const card = known.at(-1 - back) ?? known[0];
      if (!card) return;
      run(one).enter(card.link, scene && { scene });
      if (scene) totals.favorites += 1;
      else if (card.node.sharer === one.identity) totals.ownOpens += 1;
      else take(card.node, one);
    },
    async pass(one, { form }) {
      ways.open(one, { link: 0 });
      await ways.share(one, { kind: 'message', form, from: 'button' });
    },
    openFavorite(one, step) {
      if (one.platform === 'wechat') ways.open(one, step, 1010);
    },
    buy(one, { amount }) {
      awake(one).tracker.track('order_paid', { value: amount });
      const node = creditorOf(one);
      if (node) node.paid += amount;
      for (let above = node; above; above = above.parent) above.paidBelow += amount;
    },
    enter: (one, { page }) => run(one).enter(`/pages/${page}`),
    return(one, { repeats }) {
      awake(one).hide();
      run(one).back(repeats);
    },
    forward(one) {
      const phone = awake(one);
      phone.navigate(`/pages/item?${phone.page.text}`);
    },
    async kill(one, { hides }) {
      if (run(one).state === 'dead') return;
      if (hides && run(one).state === 'foreground') run(one).hide();
      // Before that an event may be lost, and that is the promise. See the tests of delivery.
      await vi.advanceTimersByTimeAsync(1000);
      run(one).kill();
    },
    wait(_, { minutes: count }) {
      // Nobody looks at it all that time; in the background timers stand still.
      for (const one of people) if (run(one).state === 'foreground') run(one).hide();
      vi.setSystemTime(Date.now() + count * MINUTE_MS);
    },
    reset(one) {
      awake(one).tracker.reset();
      Object.assign(one, { by: undefined, opened: new Set(), identity: {} });
    },
  };
  for (const step of story) {
    await ways[step.type](people[step.who ?? 0], step);
    await vi.advanceTimersByTimeAsync(100);
  }
  // Everybody comes back once, so that what waits is sent.
  for (const one of people) {
    run(one).enter('/pages/plain');
    await vi.advanceTimersByTimeAsync(5000);
    const flushing = run(one).tracker.flush();
    await vi.advanceTimersByTimeAsync(100);
    await flushing;
    run(one).kill();
  }
  vi.clearAllTimers();
  return { inbox, nodes, totals };
};

const treeOf = (nodes) => {
  const depthOf = (node) => (node.parent ? depthOf(node.parent) + 1 : 1);
  const rootOf = (node) => (node.parent ? rootOf(node.parent) : node);
  return Object.fromEntries(
    nodes.map((node) => [
      node.id,
      {
        parent: node.parent?.id,
        root: rootOf(node).id,
        depth: depthOf(node),
        opens: [...node.openers.values()].reduce((sum, count) => sum + count, 0),
        visitors: node.openers.size,
        paid: node.paid,
        paidBelow: node.paidBelow,
      },
    ]),
  );
};

beforeEach(() => void vi.useFakeTimers({ now: 1_790_000_000_000 }));
afterEach(() => {
  withoutPhones();
});

it(
  `rebuilds the true tree of ${TREES} populations from what arrived`,
  async () => {
    const seen = { shares: 0, opens: 0, deepest: 0, paid: 0, ownOpens: 0, repeats: 0, favorites: 0, circles: 0 };
    await fc.assert(
      fc.asyncProperty(platforms, fc.array(steps, { minLength: 20, maxLength: 90, size: 'max' }), async (hosts, story) => {
        const { inbox, nodes, totals } = await live(hosts, story);
        const events = [...new Map(inbox.map((event) => [event.id, event])).values()];
        const rebuilt = rebuildShares(events);
        const truth = treeOf(nodes);
        const found = [...rebuilt.values()].map(({ id, parent, root, depth, opens, visitors, paid, paidBelow }) => [
          id,
          { parent, root, depth, opens, visitors, paid, paidBelow },
        ]);
        expect(Object.fromEntries(found)).toEqual(truth);
        const ownOpens = events.filter(({ name, properties }) => name === 'share_open' && properties.own);
        expect(ownOpens).toHaveLength(totals.ownOpens);

        seen.shares += nodes.length;
        for (const { depth, opens, paidBelow } of Object.values(truth)) {
          seen.opens += opens;
          seen.paid += paidBelow > 0 ? 1 : 0;
          seen.deepest = Math.max(seen.deepest, depth);
        }
        for (const name of Object.keys(totals)) seen[name] += totals[name];
      }),
      { numRuns: TREES, seed: SEED, endOnFailure: process.env.CI !== undefined },
    );
    console.info(`${TREES} populations:`, JSON.stringify(seen));
    // A test of nothing would be green too.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
    expect(seen.deepest).toBeGreaterThan(4);
  },
  Math.max(60_000, TREES * 500),
);
