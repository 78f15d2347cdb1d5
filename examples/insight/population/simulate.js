import { loadBundles } from './bundle.js';
import { createCards } from './cards.js';
import { createCollector } from './collector.js';
import { byChannel, byMachine, byPreview } from './entries.js';
import { createGroups } from './groups.js';
import { createOrders } from './orders.js';
import { GOODS, MEMBERS, MEMBERS_OF_KIND, PLAN } from './plan.js';
import { createLot } from './random.js';
import { planRecalls } from './recalls.js';
import { createVisitors, momentOf } from './visitors.js';
import { cardEntry, createVisits } from './visits.js';
import { createWorld } from './world.js';

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;

/** The part of visitors that only a card can bring. */
const BY_CARD = 0.15;

/** Visitors that come by a channel, spread over the days, and their second phones. */
const planNewcomers = (sim, count) => {
  const { people, zeroDay, plan, lot } = sim;
  for (let i = 0; i < count; i++) {
    const visitor = people.add();
    const at = momentOf(visitor.lot, zeroDay + lot.between(0, PLAN.days - 1) * DAY_MS);
    plan(visitor, at);
    if (i % PLAN.kiosk.one === PLAN.kiosk.one - 1) {
      const others = Array.from({ length: PLAN.kiosk.logins - 1 }, () => people.addPerson());
      visitor.logins = [visitor.person, ...others].map(({ userId }) => userId);
      continue;
    }
    if (!lot.hits(PLAN.secondPhone)) continue;
    const others = PLAN.platforms.map(({ name }) => name).filter((name) => name !== visitor.platform);
    const second = people.add({ person: visitor.person, platform: lot.pick(others) });
    const later = at + lot.between(1, 10) * DAY_MS;
    if (later < sim.endDay) plan(second, momentOf(second.lot, zeroDay + Math.floor((later - zeroDay) / DAY_MS) * DAY_MS));
  }
};

/** Members whose orders are decided by day. They have clocks that go right and traffic that counts. */
const planMembers = (sim, perKind) => {
  const { world, people, endDay, run, truth, lot } = sim;
  for (const { kind, orders, last, every, product } of MEMBERS) {
    for (let i = 0; i < perKind; i++) {
      const channel = PLAN.channels.find(({ group }) => group === 'search');
      const visitor = people.add({ platform: 'wechat', offset: 0, consent: 'granted', channel, counts: true });
      truth.members.push({ person: visitor.person.index, kind });
      const jitter = lot.between(0, 2);
      for (let n = orders - 1; n >= 0; n--) {
        const day = endDay - (last + jitter + n * every) * DAY_MS;
        world.at(momentOf(visitor.lot, day), () => run(visitor, { wanted: product }));
      }
    }
  }
};

/** Traffic that is none of customers: machines, and previews of pages in the timeline. */
const planOthers = (sim, count) => {
  const { world, people, zeroDay, run, lot } = sim;
  const day = () => zeroDay + lot.between(0, PLAN.days - 1) * DAY_MS;
  for (let i = 0; i < Math.round(count * PLAN.machines); i++) {
    const visitor = people.add({ platform: 'wechat', excluded: 'automated', consent: 'granted' });
    world.at(momentOf(visitor.lot, day()), () => run(visitor, { entry: byMachine() }));
  }
  for (let i = 0; i < Math.round(count * PLAN.previews); i++) {
    const visitor = people.add({ platform: 'wechat', excluded: 'single_page', consent: 'granted' });
    const { product } = lot.weighted(GOODS);
    world.at(momentOf(visitor.lot, day()), () => run(visitor, { entry: byPreview(product.product_id) }));
  }
};

/**
 * A population that visits a shop for 90 days, each with the real package on a simulated phone, and what was decided.
 *
 * @param {object} options
 * @param {string|number} options.seed
 * @param {number} options.visitors
 * @param {string} options.until The day after the last one, as `YYYY-MM-DD` in the merchant's time zone (UTC+8).
 * @param {(receivedAt: number, body: string, key?: string) => void} options.receive Each batch as the collector would get it;
 *   with a key, what the collector's own server keeps.
 */
export const createPopulation = async ({ seed, visitors: count, until, receive }) => {
  const endDay = Date.parse(`${until}T00:00:00Z`) - ZONE_MS;
  const zeroDay = endDay - PLAN.days * DAY_MS;
  const world = createWorld(endDay - (PLAN.historyDays + 5) * DAY_MS);
  const truth = {
    seed,
    until,
    days: PLAN.days,
    endDay,
    zeroDay,
    visits: [],
    orders: [],
    cards: [],
    opens: [],
    members: [],
    told: [],
    groups: [],
    offers: [],
    recalls: [],
  };
  const collector = createCollector({
    world,
    receive,
    lostAnswer: PLAN.faults.lostAnswer,
    lot: createLot(seed, 'collector'),
    truth,
  });
  const people = createVisitors({ seed, world, collector, zeroDay, endDay });
  const sim = { seed, world, truth, collector, people, zeroDay, endDay, receive };
  Object.assign(sim, { bundles: await loadBundles(), lot: createLot(seed, 'population'), webLot: createLot(seed, 'web') });

  sim.orders = createOrders(sim);
  sim.groups = createGroups(sim);
  sim.opened = (visitor, card, record) => {
    const isOwn = card.visitor === visitor.index;
    if (!isOwn) visitor.credit = { card, at: world.now };
    truth.opens.push({
      card: card.id,
      visitor: visitor.index,
      visit: record.index,
      own: isOwn,
      isNew: record.isNew,
      at: world.now,
      excluded: record.excluded,
    });
  };
  const run = createVisits(sim);
  sim.run = run;
  sim.plan = (visitor, at) => {
    const times = people.planReturns(visitor, at);
    world.at(at, () => run(visitor, visitor.visits ? {} : { entry: byChannel(visitor.lot, visitor, visitor.channel) }));
    for (const time of times) world.at(time, () => run(visitor));
  };
  const byCardCount = Math.round(count * BY_CARD);
  sim.cards = createCards({
    ...sim,
    visitors: people.visitors,
    newcomers: { left: byCardCount },
    onOpen(known, card, isNew) {
      const visitor = known || people.add();
      if (isNew) for (const time of people.planReturns(visitor, world.now)) world.at(time, () => run(visitor));
      run(visitor, { entry: cardEntry(visitor, card) });
    },
  });
  const perKind = Math.max(2, Math.round((count / 1000) * MEMBERS_OF_KIND));
  planMembers(sim, perKind);
  planNewcomers(sim, count - byCardCount - perKind * MEMBERS.length);
  planOthers(sim, count);
  planRecalls(sim);
  return { world, truth, people, endDay };
};
