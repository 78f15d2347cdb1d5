import { uuid } from './collector.js';
import { byCard } from './entries.js';
import { GOODS, PLAN, UNSOLD } from './plan.js';
import { decideFor, recordOf } from './visit.js';

const SOLD = GOODS.filter(({ product }) => product.product_id !== UNSOLD);

/** A visit that counts takes its place among those that were decided. */
export const noteVisit = ({ truth }, visitor, record) => {
  record.index = truth.visits.length;
  truth.visits.push(record);
  visitor.visits++;
};

function* decideConsent(hands) {
  const { visitor } = hands;
  if (visitor.visits > 1 || visitor.consent === 'granted') return;
  yield* hands.look(1000, 3000);
  hands.tracker.setConsent(visitor.consent === 'asked' ? 'granted' : 'denied');
  visitor.agreed = visitor.consent === 'asked';
}

/** Looks for something; some versions of the shop tell of it otherwise than the tracking plan has it. */
function* search(sim, hands) {
  const { visitor, tracker, record } = hands;
  const { lot } = visitor;
  if (!visitor.excluded && lot.hits(PLAN.groups.alone)) sim.groups.start(visitor, tracker);
  if (lot.hits(PLAN.search.misspelt)) {
    tracker.track('prodct_clicked', { product_id: 'phone-x1' });
    record.misspelt = true;
  }
  if (!lot.hits(PLAN.search.chance)) return;
  const luck = lot.next();
  record.search = luck < PLAN.search.text ? 'text' : luck < PLAN.search.text + PLAN.search.missing ? 'missing' : 'good';
  const results = lot.between(1, 10);
  tracker.track('search', {
    query: record.search === 'missing' ? undefined : 'phone',
    results: record.search === 'text' ? `${results} found` : results,
  });
  yield* hands.look(1000, 3000);
}

function* claimCoupon(hands) {
  const { visitor, record } = hands;
  if (!visitor.lot.hits(PLAN.coupon.claims) || visitor.hasCoupon) return;
  hands.tap('claimCoupon', { coupon: PLAN.coupon.id, discount: PLAN.coupon.discount });
  visitor.hasCoupon = true;
  record.claimed = true;
  yield* hands.look(1000, 2000);
}

/** Something on the recommended list is new to the visitor, and perhaps bought at once. */
const tempt = (hands, intent) => {
  const { visitor, record } = hands;
  const { lot } = visitor;
  const list = 'home_recommended';
  const isShown = hands.variant(list) === 'shown';
  if (isShown) hands.shop.list = list;
  if (record.lost || visitor.passive || !lot.hits(PLAN.recommended.tempts)) return;
  const { product } = lot.weighted(SOLD);
  record.tempted = lot.hits(PLAN.recommended.buys) ? 'buys' : 'looks';
  if (!isShown || record.wanted) return;
  intent.products.unshift(product);
  if (record.tempted === 'buys') decideFor(record, intent, [product], list);
};

/** The first page, and what is done on it. */
export function* arrive(sim, hands, entry, intent) {
  const { visitor, tracker, record } = hands;
  const { person, lot } = visitor;
  if (lot.hits(PLAN.faults.debug)) {
    // The app filters it out itself.
    tracker.track('shop_debug', { step: 'start' });
    record.filtered = true;
  }
  if (person.unionid && !visitor.logins && !visitor.unionidKnown && visitor.visits > 1) {
    tracker.setIds({ unionid: person.unionid });
    visitor.unionidKnown = true;
  }
  hands.open(entry.path, entry.query);
  yield* decideConsent(hands);
  if (entry.path !== 'pages/home/index') return;
  if (visitor.consent !== 'denied') {
    hands.variant('home_layout');
    tempt(hands, intent);
  }
  yield* hands.look(2000, 12_000);
  if (record.lost || visitor.passive) return;
  yield* search(sim, hands);
  yield* claimCoupon(hands);
}

/** The sharer opens the card in the chat. */
function* openOwn(sim, hands, card) {
  const { visitor } = hands;
  const { lot } = visitor;
  yield* hands.hide();
  yield lot.between(10_000, 40_000);
  const entry = byCard(lot, visitor, card);
  // A session ends where the source is another one: by the same scene the visit goes on.
  if (entry.options.scene !== hands.scene) {
    hands.scene = entry.options.scene;
    const { intended, because, recalled, wanted } = hands.record;
    hands.record = Object.assign(recordOf(visitor, entry, sim), { own: true, intended, because, recalled, wanted });
    noteVisit(sim, visitor, hands.record);
  }
  sim.truth.opens.push({ card: card.id, visitor: visitor.index, visit: hands.record.index, own: true, at: sim.world.now });
  hands.show(entry.options, true);
  hands.open(entry.path, entry.query, true);
  hands.record.viewed.push(entry.query.id);
  hands.record.level = Math.max(1, hands.record.level);
  yield* hands.look(3000, 9000);
}

/** Sends what is in sight to somebody, perhaps to gather a group; at times the sharer opens it right away. */
export function* share(sim, hands) {
  const { visitor, tracker } = hands;
  const { lot } = visitor;
  const page = hands.page();
  if (!page.onShareAppMessage || visitor.passive || visitor.consent === 'denied' || !lot.hits(PLAN.share.chance)) return;
  const isPoster = lot.hits(PLAN.share.poster);
  const group = !visitor.excluded && lot.hits(PLAN.groups.starts) ? sim.groups.start(visitor, tracker) : undefined;
  const token = isPoster
    ? tracker.shareToken({ channel: 'poster-a' })
    : (/_mt=([\w.]+)/.exec(page.onShareAppMessage({ from: 'button', target: { id: 'share' } }).path) || [])[1];
  const card = sim.cards.send(visitor, hands.record, token, isPoster ? 'poster' : 'button', page, group);
  if (card.opensOwn) yield* openOwn(sim, hands, card);
}

/** Reads a page of the web in the mini-program, which goes on as the same visitor. */
export function* readHelp(sim, hands) {
  const { visitor } = hands;
  const { lot, phone } = visitor;
  if (visitor.excluded || visitor.consent !== 'granted' || phone.network === 'none' || !lot.hits(PLAN.webView)) return;
  const { src } = hands.open('pages/web/index', { topic: 'help' });
  yield* hands.look(400, 400);
  const given = { now: phone.now(), id: () => uuid(sim.webLot), path: 'help' };
  sim.collector.page(sim.bundles.webPage({ href: src }).pageBatch(given));
  hands.record.web++;
  yield* hands.look(4000, 15_000);
}

/** Is asked for leave to send messages. */
export function* subscribe(hands) {
  const { visitor } = hands;
  if (!hands.page().askForMessages || !visitor.lot.hits(PLAN.messages.asks)) return;
  hands.tap('askForMessages');
  yield* hands.look(500, 1500);
  if (visitor.phone.acceptsMessages) visitor.messages.accepted++;
}
