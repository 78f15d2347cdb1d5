import { createLot } from '../../../population/random.js';
import { addDays } from '../../../src/analyses/days.js';
import { RECALL_MESSAGE } from '../../../src/recall/messages.js';
import { START } from '../helpers/createEvents.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 12;
/** So that a month ends among the days that are looked at. */
export const FIRST_DAY = '2026-09-25';
const BEGIN = START + 24 * DAY;
/** Where a day, an hour and the buckets of the answers begin and end. */
const EDGES = [0, 1, HOUR - 1, HOUR, 8 * HOUR, 12 * HOUR, 23 * HOUR + HOUR / 2, DAY - 1000, DAY - 1];
/** Between two events: often nothing, so that only the order of capture tells them apart. */
const STEPS = [0, 0, 0, 1, 1000, 59_999, 60_000, 300_000, 20 * 60_000];
/** From one visit to another. */
const GAPS = [DAY, DAY, 2 * DAY, 2 * DAY, 4 * DAY, 7 * DAY, 8 * DAY, DAY - 1, DAY + 1, 2 * DAY - 1, 2 * DAY + 1];
/** Long before another: where weeks and months end that are counted in days. */
const LONG_BEFORE = [6, 7, 13, 15, 28, 29, 30, 31, 61, 91].map((days) => days * DAY);
const INSTALLATIONS = 11;
/** Installations joined by a login; the name of each login is an installation too: that of the shop's server. */
const PERSONS = { v0: 'u0', v1: 'u0', u0: 'u0', v2: 'u1', v3: 'u1', u1: 'u1', v4: 'u2', u2: 'u2' };
const PRODUCTS = ['p1', 'p2', 'p3'];

/** The channels by which a visit may come; `''` and `null` are both of nobody. */
const sourceOf = (lot) => ({
  source_group: lot.pick(['ad', 'search', 'chat_share', 'recent', 'message', '', null]),
  source_scene: lot.pick(['1001', '1007', '', null]),
  source_campaign: lot.pick(['autumn', 'autumn', '', null]),
  source_qr: lot.pick(['q1', '', null, null]),
  source_utm_source: lot.pick(['wx', '', null]),
  source_utm_medium: lot.pick(['cpc', '', null]),
  source: { utm_content: lot.pick(['c1', '', 'q1']) },
});

const firstOf = (lot) => ({
  first_group: lot.pick(['ad', 'search', '', null]),
  first_scene: lot.pick(['1001', null]),
  first_campaign: lot.pick(['autumn', null]),
  first_utm_source: lot.pick(['wx', null]),
  first_source: { utm_content: lot.pick(['c1', '']), utm_medium: lot.pick(['cpc', '']), qr_scene: lot.pick(['q1', '']) },
});

const productOf = (lot) => ({
  product_id: lot.hits(0.1) ? lot.pick(['', undefined]) : lot.pick(PRODUCTS),
  ...(lot.hits(0.15) ? {} : { price: lot.pick([0, 5, 10, 10, 19.99, 50]) }),
});
const without = (props) => Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));

const itemsOf = (lot) =>
  Array.from({ length: lot.between(0, 3) }, () =>
    without({
      product_id: lot.pick(PRODUCTS),
      price: lot.hits(0.15) ? undefined : lot.pick([0, 5, 10, 19.99, 50]),
      quantity: lot.pick([1, 1, 2]),
    }),
  );

/** What happens within a visit, apart from orders, cards and what begins and ends it. */
const ACTS = {
  view: (lot) => [
    'page_view',
    'auto',
    without({ path: lot.pick(['home', 'goods', 'cart', '', undefined]), ...(lot.hits(0.2) ? { resumed: true } : {}) }),
  ],
  leave: (lot) => [
    'page_leave',
    'auto',
    without({
      path: lot.pick(['home', 'goods', 'cart', 'help']),
      duration_ms: lot.hits(0.1) ? undefined : lot.pick([0, 1000, 1000, 60_000, 250_000]),
      ...(lot.hits(0.2) ? { recovered: true } : {}),
    }),
  ],
  hide: (lot) => ['app_hide', 'auto', { duration_ms: lot.pick([0, 1000, 30_000, 90_000]) }],
  show: () => ['app_show', 'auto', {}],
  tap: (lot) => [
    'tap',
    'auto',
    without({
      page_path: lot.pick(['home', 'goods', '']),
      kind: lot.pick(['tap', 'longpress', '']),
      element_id: lot.pick(['buy', 'buy', '', undefined]),
      handler: lot.pick(['onTap', undefined]),
      dataset: lot.pick(['{"a":1}', '{"a":2}', '']),
      x_fraction: lot.pick([0, 0.05, 0.5, 0.94, 1, 1.2, -0.1, undefined, 'x']),
      y_fraction: lot.pick([0, 0.025, 0.5, 0.97, 1, 2, undefined]),
      offset_top: lot.pick([0, 100, 100, 900, undefined]),
    }),
  ],
  exposure: (lot) => [
    'exposure',
    'auto',
    without({
      page_path: lot.pick(['home', 'goods', '']),
      element_id: lot.pick(['buy', '', undefined]),
      dataset: lot.pick(['{"a":1}', '{"a":2}', '']),
    }),
  ],
  look: (lot) => ['product_viewed', 'track', without(productOf(lot))],
  add: (lot) => ['product_added', 'track', without(productOf(lot))],
  remove: (lot) => ['product_removed', 'track', without(productOf(lot))],
  click: (lot) => [
    'product_clicked',
    'track',
    without({ ...productOf(lot), list_id: lot.pick(['home', 'home', 'cart', '', undefined]) }),
  ],
  coupon: (lot) => [
    lot.pick(['coupon_claimed', 'coupon_claimed', 'coupon_applied', 'coupon_denied']),
    'track',
    without({ coupon_id: lot.pick(['NEW', 'NEW', 'VIP', '', undefined]) }),
  ],
  exposed: (lot) => [
    'experiment_exposure',
    'auto',
    without({
      experiment: lot.pick(['home', 'home', 'test', 'test', '']),
      variant: lot.pick(['shown', 'shown', 'shown', 'held_out', undefined]),
      overridden: lot.pick([false, false, false, true, undefined]),
    }),
  ],
  offer: (lot) => [
    'trigger_fired',
    'track',
    without({
      rule: lot.pick(['r1', 'r1', 'r2', '', undefined]),
      shown: lot.pick([true, false]),
      taken: lot.pick([true, false, undefined]),
    }),
  ],
  group: (lot) => [
    lot.pick(['group_started', 'group_started', 'group_joined', 'group_joined', 'group_completed']),
    'track',
    without({ group_id: lot.pick(['g1', 'g2', 'g3', 'g4', '', undefined]) }),
  ],
  agree: (lot) => [
    'subscribe_message',
    'auto',
    without({
      action: lot.pick([...Array(7).fill('accepted'), 'rejected', 'opened', 'opened']),
      template_id: lot.pick(['t1', 't1', 't1', 't2', '', undefined]),
    }),
  ],
  tell: (lot) => [
    'identify',
    'identify',
    without({ level: lot.pick([1, 2, 3, '', undefined]), city: lot.pick(['sz', 'bj', '']) }),
  ],
};

/** An order as phone, server or both tell it, perhaps undone later, perhaps more than once. */
const buy = (world, add, state, items = itemsOf(world.lot)) => {
  const { lot, events } = world;
  const order_id = `o${world.orders++}`;
  const props = without({
    order_id,
    value: lot.pick([0, 10, 10, 20, 33.33, 100, undefined]),
    coupon_id: lot.pick(['NEW', 'VIP', '', undefined, undefined]),
    items,
  });
  if (lot.hits(0.3)) add('checkout_started', 'track', { order_id, items: props.items });
  const teller = lot.pick(['phone', 'phone', 'phone', 'both', 'server']);
  const login = PERSONS[state.v] || 'u9';
  if (teller !== 'server') add('order_paid', 'track', props);
  const isKnown = lot.hits(0.2);
  const server = (name, t, given) =>
    events.push({
      // A server may know the phone's id, or only the login.
      v: isKnown ? state.v : login,
      user_id: login,
      t,
      boot: world.boots,
      seq: world.seq++,
      name,
      type: 'track',
      session: isKnown ? `server-${order_id}` : 'server',
      platform: 'server',
      props: given,
    });
  if (teller !== 'phone')
    server('order_paid', state.t + lot.pick([-1, 0, 1, 600_000]), lot.hits(0.5) ? props : { ...props, items: [] });
  const later = state.t + lot.pick([1, HOUR, DAY, 4 * DAY]);
  if (lot.hits(0.25)) {
    const refund = without({
      order_id,
      value: lot.pick([5, 10, 1000, undefined]),
      refund_id: lot.pick([`r${order_id}`, '', undefined]),
    });
    const times = lot.pick([1, 1, 2]);
    for (let time = 0; time < times; time++) server('order_refunded', later + time, refund);
  }
  if (lot.hits(0.08)) server('order_cancelled', later, { order_id });
};

const share = ({ lot, cards }, add, { v, credit }) => {
  const share_id = `s${cards.length}`;
  // Somebody may make up a card whose depth does not fit the one above.
  const depth = lot.hits(0.2) ? 1 : credit ? credit.depth + 1 : 1;
  const card = { share_id, v, depth, root: credit ? credit.root : share_id };
  const made = {
    share_id,
    parent_id: credit?.share_id,
    root_id: card.root,
    depth,
    method: lot.pick(['menu', 'poster', '', undefined]),
    channel: lot.pick(['wall', undefined]),
    page_path: lot.pick(['home', 'goods', undefined]),
  };
  cards.push(card);
  add('share', 'auto', without(made));
};

const UNKNOWN = { share_id: 'unknown', v: '', depth: 1, root: 'unknown' };
const open = ({ lot, cards }, add, state, card = lot.hits(0.05) ? UNKNOWN : lot.pick(cards.slice(-6))) => {
  if (!card) return;
  const own = card.v === state.v;
  add('share_open', 'auto', { share_id: card.share_id, own: own || lot.pick([false, false, '']) });
  if (!own) state.credit = card;
};

/** By lot: what is done at one place of a visit. */
const act = (world, add, state) => {
  const chance = world.lot.next();
  if (chance < 0.13) buy(world, add, state);
  else if (chance < 0.24) share(world, add, state);
  else if (chance < 0.32) open(world, add, state);
  else add(...(world.lot.hits(0.2) ? ACTS.view : world.lot.pick(Object.values(ACTS)))(world.lot));
};

const visit = (world, state, does = Array.from({ length: world.lot.between(1, 9) }, () => act)) => {
  const { lot, events } = world;
  // Often some whole days after an earlier visit, give or take a millisecond: where windows end.
  const n = state.visits++;
  const isExact = state.marks.length > 0 && lot.hits(0.4);
  const gap = () => (lot.hits(0.2) ? -lot.pick(LONG_BEFORE) : lot.pick(GAPS));
  state.t = isExact ? lot.pick(state.marks) + gap() : BEGIN + lot.between(0, DAYS - 1) * DAY + lot.pick(EDGES);
  state.marks.push(state.t);
  let isFirst = true;
  const context = {
    v: state.v,
    session: `${state.v}-${n}`,
    // Of all installations, so that two events are never both at the same moment and the same place.
    boot: ++world.boots,
    user_id: n && PERSONS[state.v] ? PERSONS[state.v] : null,
    platform: lot.pick(['wechat', 'wechat', 'alipay', null]),
    sdk: lot.pick(['minitrail/1', 'minitrail/2', '']),
    app_version: lot.pick(['1.0', null]),
    window_width: lot.pick([320, 375, 400, null]),
    excluded: lot.hits(0.08) ? lot.pick(['test', 'automated', 'single_page']) : null,
    session_index: n + 1,
    is_first_visit: n === 0,
    ...state.first,
    ...sourceOf(lot),
  };
  const add = (name, type, props) => {
    if (!isFirst) state.t += lot.pick(STEPS);
    isFirst = false;
    if (lot.hits(0.1)) state.marks.push(state.t);
    const { credit } = state;
    const late = lot.pick([-5, 0, 9999, 10_000, 60_000, 600_000, HOUR, DAY, 3 * DAY]);
    events.push({
      ...context,
      share_id: credit?.share_id ?? lot.pick([null, '']),
      share_depth: credit?.depth ?? null,
      t: state.t,
      seq: world.seq++,
      received_at: state.t + late,
      name,
      type,
      props,
    });
  };
  const begins = isExact
    ? lot.pick(['buys', 'buys', 'acts', 'launches'])
    : lot.pick(['launches', 'launches', 'launches', 'not told']);
  if (begins === 'buys') buy(world, add, state);
  if (begins === 'acts') add(...lot.pick([ACTS.look, ACTS.click, ACTS.add, ACTS.view])(lot));
  if (begins === 'launches') add('app_launch', 'auto', {});
  if (lot.hits(0.3)) open(world, add, state);
  // Who is new has often been given more than one card.
  if (n === 0 && lot.hits(0.5)) for (let card = 0; card < 2; card++) open(world, add, state);
  for (const each of does) {
    // Whatever a phone says in the middle: a visit is by what it began with.
    if (lot.hits(0.05)) Object.assign(context, sourceOf(lot));
    each(world, add, state);
  }
  if (lot.hits(0.5)) add(...ACTS.hide(lot));
};

/** A card goes from hand to hand, through some more than once, and now and then somebody buys. */
const passOn = (world, states) => {
  const openNewest = (_, add, state) => open(world, add, state, world.cards.at(-1));
  for (let hand = 0; hand < 7; hand++)
    visit(world, world.lot.pick(states.slice(0, 6)), [openNewest, share, ...(world.lot.hits(0.6) ? [buy] : [])]);
};

/** One or two goods go into the cart and out of it again, or are bought, once or twice. */
const fillCart = (world, add, state) => {
  const { lot } = world;
  const product_id = lot.pick(['p1', 'p1', 'p2']);
  const does = lot.pick(['adds', 'adds', 'adds', 'removes', 'buys']);
  if (does === 'buys') buy(world, add, state, [{ product_id, price: 10, quantity: 1 }]);
  else add(does === 'adds' ? 'product_added' : 'product_removed', 'track', { ...productOf(lot), product_id });
};

/** A list is shown, or is not; a product of it is tapped and bought, at once or some whole days after. */
const followList = (world, state) => {
  const { lot } = world;
  const list_id = lot.pick(['home', 'home', 'cart']);
  const product_id = lot.pick(['p1', 'p2']);
  const variant = lot.pick(['shown', 'shown', 'held_out']);
  const exposed = (_, add) => add('experiment_exposure', 'auto', { experiment: list_id, variant });
  const click = (_, add) => add('product_clicked', 'track', { product_id: lot.hits(0.8) ? product_id : 'p3', list_id });
  const pay = (_, add) => buy(world, add, state, [{ product_id, price: 10, quantity: 1 }]);
  visit(
    world,
    state,
    lot.pick([
      [exposed, click, click, pay],
      [exposed, click],
      [click, exposed, pay],
      [exposed, pay, click],
    ]),
  );
  if (lot.hits(0.5)) visit(world, state, [pay]);
};

/** The same few elements are seen and touched again and again, in this order and that. */
const touch = ({ lot }, add) => {
  const [name, type, props] = ACTS[lot.pick(['tap', 'exposure'])](lot);
  const place = { page_path: lot.pick(['home', 'home', 'goods', undefined]), element_id: lot.pick(['buy', 'buy', 'more', '']) };
  add(name, type, without({ ...props, ...place }));
};

const browse = ({ lot }, add) => add(...ACTS.view(lot));

/** A group: one starts it and shares it, others open the card, join or do not, and now and then it is completed. */
const gather = (world, states, group_id) => {
  const { lot } = world;
  const does = (name) => (_, add) => add(name, 'track', { group_id });
  const openNewest = (_, add, state) => open(world, add, state, world.cards.at(-1));
  const [first, ...others] = Array.from({ length: 4 }, () => lot.pick(states));
  const starts = does('group_started');
  visit(world, first, lot.pick([[starts, share], [starts, share], [share, starts, share], [share, starts], [starts]]));
  for (const other of others) {
    const may = (chance, act) => (lot.hits(chance) ? [act] : []);
    const joins = may(0.6, does('group_joined'));
    visit(world, other, [
      ...may(0.8, openNewest),
      ...joins,
      ...(joins.length ? may(0.4, share) : []),
      ...may(0.2, does('group_completed')),
    ]);
  }
};

/** What Insight itself notes beside what people do, under whatever name and whenever: it is nothing that they did. */
const tellFromServer = ({ lot, events }) => {
  const others = events.filter(({ name, props, type }) => type !== 'server' && name !== 'share' && !props.order_id);
  for (const event of others.filter(() => lot.hits(0.08)))
    events.push({
      ...event,
      t: event.t + lot.pick([-3 * DAY, -DAY, 0, 0, DAY, 3 * DAY]),
      seq: event.seq + 500_000,
      platform: lot.pick(['wechat', 'alipay']),
      type: 'server',
      excluded: 'server',
    });
};

/** People agree to messages, are sent some, and open what they were sent, or what somebody else sent them. */
const writeTo = (world, states) => {
  const { lot, events } = world;
  const agree = (_, add) => add(...ACTS.agree(lot));
  for (const state of states.slice(0, 6)) {
    visit(world, state, [agree, agree, agree, agree]);
    visit(
      world,
      state,
      Array.from({ length: lot.between(1, 5) }, () => fillCart),
    );
  }
  const told = events.filter(({ name, props }) => name === 'subscribe_message' && props.action !== 'rejected');
  for (const { v, t, props } of told.filter(() => lot.hits(0.3))) {
    const at = t + lot.pick([-HOUR, -1, 0, 1, HOUR]);
    const own = without({ state: lot.pick(['sent', 'sent', 'sent', 'due']), template_id: props.template_id });
    events.push({ v, t: at, seq: world.seq++, name: RECALL_MESSAGE, type: 'server', excluded: 'server', props: own });
  }
};

/**
 * A few visitors over a few days who do what is rare all the time: at midnight, at the same moment, without a price, in two
 * installations, told by phone and server, refunded after the range.
 */
export const createWorld = (seed) => {
  const lot = createLot(seed, 'edges');
  const world = { lot, events: [], cards: [], orders: 0, boots: 0, seq: 0 };
  const states = Array.from({ length: INSTALLATIONS }, (_, i) => ({
    v: `v${i}`,
    first: firstOf(lot),
    credit: null,
    visits: 0,
    marks: [],
  }));
  passOn(world, states);
  for (const group_id of ['g1', 'g2', 'g5', 'g6']) gather(world, states, group_id);
  const visits = states.flatMap((state) => Array.from({ length: lot.between(1, 4) }, () => ({ state, luck: lot.next() })));
  for (const { state } of visits.sort((a, b) => a.luck - b.luck)) visit(world, state);
  passOn(world, states);
  for (const state of states.slice(0, 6)) {
    followList(world, state);
    visit(
      world,
      state,
      Array.from({ length: 6 }, () => touch),
    );
    visit(
      world,
      state,
      Array.from({ length: 7 }, () => browse),
    );
  }
  writeTo(world, states);
  tellFromServer(world);
  const cost = () => ({
    day: addDays(FIRST_DAY, lot.between(0, DAYS - 1)),
    source_group: lot.pick(['ad', 'search', 'poster', 'poster', '', null]),
    source_campaign: lot.pick(['autumn', '', null]),
    amount: lot.pick([0, 10, 55.5]),
  });
  const drop = (n) => ({
    batch_id: `00000000-0000-4000-8000-00000000000${n}`,
    anonymous_id: lot.pick(['v0', 'v1', 'v2']),
    boot: lot.between(1, 12),
    received_at: BEGIN,
    reason: 'overflow',
    n: lot.between(1, 3),
  });
  const link = () => ({
    anonymous_id: lot.pick([...Object.keys(PERSONS), 'v7']),
    kind: lot.pick(['user_id', 'user_id', 'unionid']),
    id: lot.pick(['1', '2', '3']),
    received_at: BEGIN,
  });
  const arrival = (n) => ({
    received_at: BEGIN + lot.between(0, 9) * HOUR + lot.pick([-1, 0, 1]),
    batch_id: `00000000-0000-4000-8000-0000000000${n}`,
    events: lot.between(0, 30),
    repeats: lot.between(0, 3),
    rejected: lot.between(0, 2),
  });
  return {
    events: world.events,
    persons: PERSONS,
    links: Array.from({ length: 14 }, link),
    arrivals: Array.from({ length: 12 }, (_, n) => arrival(n + 10)),
    costs: Array.from({ length: 8 }, cost),
    drops: [1, 2, 3].map(drop),
    lastDay: addDays(FIRST_DAY, DAYS - 1),
  };
};
