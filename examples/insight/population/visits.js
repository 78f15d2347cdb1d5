import { uuid } from './collector.js';
import { byCard, byChannel, byMessage, byRecent } from './entries.js';
import { CATALOG, PLAN } from './plan.js';
import { browse, checkOut, createHands, intend, recordOf } from './visit.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Further apart than a session lasts. */
const APART_MS = 40 * 60_000;
const ENDPOINT = 'https://collect.shop.example/v1/events';

/** What goes wrong with this visit. What is stored on a phone then has to be sent by a visit within a week. */
const misfortuneOf = (visitor, now, entry) => {
  const { lot, planned, visits, unlucky } = visitor;
  const luck = lot.next();
  const next = planned.find((time) => time > now + APART_MS);
  const gap = next === undefined ? undefined : next - now;
  if (gap === undefined || unlucky || luck > PLAN.faults.offline + PLAN.faults.killed) return {};
  if (luck > PLAN.faults.offline) return gap < 5 * DAY_MS ? { killed: true } : {};
  // Offline for longer than events are kept: they expire, and the phone says so later.
  if (gap > 9 * DAY_MS && visits && entry.group === 'recent') return { offline: true, expires: true };
  return gap < 5 * DAY_MS ? { offline: true } : {};
};

const entryOf = (visitor) => {
  const { lot, platform } = visitor;
  if (!visitor.visits) return byChannel(lot, visitor, visitor.channel);
  const luck = lot.next();
  if (luck < PLAN.returns.recent) return byRecent(platform);
  if (luck < PLAN.returns.recent + PLAN.returns.message && visitor.messages.accepted > visitor.messages.opened) {
    visitor.messages.opened++;
    return byMessage(platform);
  }
  return byChannel(lot, visitor, lot.weighted(PLAN.channels));
};

/** Runs visits: from the launch of the app to its end, one at a time on each phone. */
export const createVisits = (sim) => {
  const { world, truth, bundles, zeroDay, collector, webLot } = sim;

  const note = (visitor, record) => {
    record.index = truth.visits.length;
    truth.visits.push(record);
    visitor.visits++;
  };
  const launch = (visitor, entry) => {
    const { platform, consent, phone } = visitor;
    const run = (globals) =>
      bundles.shop(globals).startShop({
        platform,
        endpoint: ENDPOINT,
        consent: consent === 'asked' ? 'pending' : 'granted',
        experiments: PLAN.experiments,
        catalog: CATALOG,
      });
    const process = phone.launch(run, entry.options);
    process.begin();
    return process;
  };
  /** What the app's end leaves: the account of this launch, for the whole of it. */
  const account = (visitor, process, record) => {
    const { accepted } = process.exported.tracker.stats();
    process.kill();
    visitor.boots.push(accepted);
    record.events = accepted;
    visitor.busy = false;
    visitor.lastEnd = world.now;
  };

  /** Sends what is in sight to somebody; at times the sharer opens it in the chat right away. */
  function* share(hands, visitor, process) {
    const { lot } = visitor;
    const { page } = process;
    if (!page.onShareAppMessage || visitor.passive || visitor.consent === 'denied' || !lot.hits(PLAN.share.chance)) return;
    const isPoster = lot.hits(PLAN.share.poster);
    const group = !visitor.excluded && lot.hits(PLAN.groups.starts) ? sim.groups.start(visitor, hands.tracker) : undefined;
    const token = isPoster
      ? hands.tracker.shareToken({ channel: 'poster-a' })
      : (/_mt=([\w.]+)/.exec(page.onShareAppMessage({ from: 'button', target: { id: 'share' } }).path) || [])[1];
    const card = sim.cards.send(visitor, hands.record, token, isPoster ? 'poster' : 'button', page, group);
    if (!card.opensOwn) return;
    yield* hands.hide();
    yield lot.between(10_000, 40_000);
    const entry = byCard(lot, visitor, card);
    // A session ends where the source is another one: by the same scene the visit goes on.
    if (entry.options.scene !== hands.scene) {
      hands.scene = entry.options.scene;
      hands.record = Object.assign(recordOf(visitor, entry, { now: world.now, zeroDay }), { own: true });
      note(visitor, hands.record);
    }
    truth.opens.push({ card: card.id, visitor: visitor.index, visit: hands.record.index, own: true, at: world.now });
    hands.show(entry.options, true);
    hands.open(entry.path, entry.query, true);
    hands.record.viewed.push(entry.query.id);
    hands.record.level = Math.max(1, hands.record.level);
    yield* hands.look(3000, 9000);
  }

  function* readHelp(hands, visitor) {
    if (visitor.excluded || visitor.consent !== 'granted' || !visitor.lot.hits(PLAN.webView)) return;
    const { src } = hands.open('pages/web/index', { topic: 'help' });
    yield 400;
    const page = hands.record.pages[hands.record.pages.length - 1];
    page[1] += 400;
    const batch = bundles.webPage({ href: src }).pageBatch({ now: visitor.phone.now(), id: () => uuid(webLot), path: 'help' });
    collector.page(batch);
    hands.record.web++;
    yield* hands.look(4000, 15_000);
  }

  function* decideConsent(hands, visitor) {
    if (visitor.visits > 1 || visitor.consent === 'granted') return;
    yield* hands.look(1000, 3000);
    hands.tracker.setConsent(visitor.consent === 'asked' ? 'granted' : 'denied');
  }

  /** Looks for something; some versions of the shop tell of it otherwise than the tracking plan has it. */
  function* search(hands, visitor) {
    const { lot } = visitor;
    const { tracker, record } = hands;
    if (!visitor.excluded && lot.hits(PLAN.groups.alone)) sim.groups.start(visitor, tracker);
    if (lot.hits(PLAN.search.misspelt)) {
      tracker.track('prodct_clicked', { product_id: 'phone-x1' });
      record.misspelt = true;
    }
    if (!lot.hits(PLAN.search.chance)) return;
    const luck = lot.next();
    record.search = luck < PLAN.search.text ? 'text' : luck < PLAN.search.text + PLAN.search.missing ? 'missing' : 'good';
    const results = lot.between(1, 10);
    tracker.track('search', { query: record.search === 'missing' ? undefined : 'phone', results: record.search === 'text' ? `${results} found` : results });
    yield* hands.look(1000, 3000);
  }

  function* start(hands, visitor, entry) {
    const { lot } = visitor;
    const { tracker } = hands;
    if (lot.hits(PLAN.faults.debug)) tracker.track('shop_debug', { step: 'start' });
    if (visitor.person.unionid && !visitor.logins && !visitor.unionidKnown && visitor.visits > 1) {
      tracker.setIds({ unionid: visitor.person.unionid });
      visitor.unionidKnown = true;
    }
    hands.open(entry.path, entry.query);
    yield* decideConsent(hands, visitor);
    if (entry.path !== 'pages/home/index') return;
    if (visitor.consent !== 'denied') hands.variant('home_layout');
    yield* hands.look(2000, 12_000);
    if (!hands.record.lost && !visitor.passive) yield* search(hands, visitor);
    if (!hands.record.lost && lot.hits(PLAN.coupon.claims) && !visitor.hasCoupon) {
      hands.tap('claimCoupon', { coupon: PLAN.coupon.id, discount: PLAN.coupon.discount });
      visitor.hasCoupon = true;
      hands.record.claimed = true;
      yield* hands.look(1000, 2000);
    }
  }

  function* subscribe(hands, visitor, process) {
    if (!visitor.lot.hits(PLAN.messages.asks)) return;
    hands.tap('askForMessages');
    yield* hands.look(500, 1500);
    hands.record.asked = true;
    if (process.exported && visitor.phone.acceptsMessages) visitor.messages.accepted++;
  }

  function* visit(visitor, entry, wanted) {
    const { lot } = visitor;
    const luck = wanted ? {} : misfortuneOf(visitor, world.now, entry);
    visitor.unlucky = Boolean(luck.killed || luck.offline);
    const record = recordOf(visitor, entry, { now: world.now, zeroDay });
    const hour = Math.floor(((world.now - zeroDay) % DAY_MS) / HOUR_MS);
    const intent = intend(visitor, (hour + 24) % 24, entry, wanted);
    if (luck.expires || visitor.passive || visitor.consent === 'denied') intent.level = Math.min(intent.level, 1);
    if (luck.expires) visitor.awayUntil = visitor.planned.find((time) => time > world.now + APART_MS);
    Object.assign(record, luck.killed && { killed: true }, luck.offline && { offline: true }, luck.expires && { lost: true });
    if (visitor.consent === 'denied') record.lost = true;
    if (record.lost) visitor.visits++;
    else note(visitor, record);
    visitor.busy = true;
    visitor.phone.network = luck.offline ? 'none' : lot.pick(['wifi', '5g', '4g']);
    const process = launch(visitor, entry);
    const hands = createHands({ world, visitor, process, record });
    hands.scene = entry.options.scene;
    if (entry.card && !record.lost) sim.opened(visitor, entry.card, record);
    yield* start(hands, visitor, entry);
    const lines = yield* browse(hands, visitor, intent, entry.path !== 'pages/home/index');
    if (entry.card?.group && !record.lost) sim.groups.join(entry.card.group, visitor, hands.tracker);
    if (record.viewed.length && !luck.expires) yield* share(hands, visitor, process);
    const { order, gone } = lines.length ? yield* checkOut(hands, sim, visitor, process, intent, lines) : {};
    if (order && !gone) yield* subscribe(hands, visitor, process);
    if (!order && !luck.expires) yield* readHelp(hands, visitor);
    visitor.anonymousId = hands.shop.visitor()[0] || visitor.anonymousId;
    yield* end(hands, visitor, process, luck, gone);
    account(visitor, process, record);
  }

  function* end(hands, visitor, process, { killed }, gone) {
    if (gone) yield 8000;
    else if (killed) {
      yield* hands.look(3000, 20_000);
      hands.record.endedByKill = true;
    } else {
      yield* hands.hide();
      yield 8000;
    }
  }

  /** Begins a visit, unless the phone is in use or was until just now. */
  return (visitor, { entry, wanted } = {}) => {
    if (visitor.busy || world.now < visitor.awayUntil || (visitor.lastEnd && world.now - visitor.lastEnd < APART_MS)) return;
    world.follow(visit(visitor, entry || entryOf(visitor), wanted));
  };
};

/** A visit by a card. */
export const cardEntry = (visitor, card) => byCard(visitor.lot, visitor, card);
