import { arrive, noteVisit, readHelp, share, subscribe } from './acts.js';
import { byCard, byChannel, byMessage, byRecent } from './entries.js';
import { createHands } from './hands.js';
import { CATALOG, PLAN } from './plan.js';
import { browse, checkOut, intend, recordOf } from './visit.js';

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

/** Whether a message may still be sent: one that was sent is used up, opened or not. */
export const isWritable = ({ messages }) => messages.accepted > messages.sent + messages.others;

/** A message is opened: the one that the recall campaign sent, else one that the shop sent by itself. */
const openMessage = ({ messages }) => {
  if (messages.unopened) messages.unopened--;
  else messages.others++;
};

const entryOf = (visitor) => {
  const { lot, platform } = visitor;
  if (!visitor.visits) return byChannel(lot, visitor, visitor.channel);
  const luck = lot.next();
  if (luck < PLAN.returns.recent) return byRecent(platform);
  if (luck < PLAN.returns.recent + PLAN.returns.message && isWritable(visitor)) {
    openMessage(visitor);
    return byMessage(platform);
  }
  return byChannel(lot, visitor, lot.weighted(PLAN.channels));
};

const launch = ({ bundles }, { platform, consent, phone }, entry) => {
  const run = (globals) =>
    bundles.shop(globals).startShop({
      platform,
      endpoint: ENDPOINT,
      consent: consent === 'asked' ? 'pending' : 'granted',
      experiments: PLAN.experiments,
      catalog: CATALOG,
      heldOut: PLAN.trigger.heldOut,
    });
  const process = phone.launch(run, entry.options);
  process.begin();
  return process;
};

/** What a visitor has in mind and what goes wrong, decided before the app is opened. */
const decideVisit = (sim, visitor, entry, wanted) => {
  const { world, zeroDay } = sim;
  const luck = wanted ? {} : misfortuneOf(visitor, world.now, entry);
  const hour = Math.floor((world.now - zeroDay) / HOUR_MS) % 24;
  const intent = intend(visitor, (hour + 24) % 24, entry, wanted);
  const isDenied = visitor.consent === 'denied';
  if (luck.expires || visitor.passive || isDenied) intent.level = Math.min(intent.level, 1);
  if (luck.expires) visitor.awayUntil = visitor.planned.find((time) => time > world.now + APART_MS);
  visitor.unlucky = Boolean(luck.killed || luck.offline);
  if (entry.recall) openMessage(visitor);
  const { killed, offline } = luck;
  // Of what expires, and of those who refuse, nothing arrives.
  const record = Object.assign(recordOf(visitor, entry, sim), {
    killed,
    offline,
    lost: luck.expires || isDenied,
    wanted: Boolean(wanted),
    intended: intent.level,
    willing: intent.willing,
    recalled: Boolean(entry.recall),
    because: entry.recall && wanted ? 'recall' : undefined,
  });
  if (record.lost) visitor.visits++;
  else noteVisit(sim, visitor, record);
  return { luck, intent, record };
};

/** The end of a visit, and of the process: hosts end what is in the background soon. */
function* leave(sim, hands, { killed }, gone) {
  const { visitor, process, tracker } = hands;
  visitor.anonymousId = hands.shop.visitor()[0] || visitor.anonymousId;
  if (killed && !gone) yield* hands.look(3000, 20_000);
  else {
    if (!gone) yield* hands.hide();
    yield 8000;
  }
  hands.offers.close();
  visitor.boots.push(tracker.stats().accepted);
  process.kill();
  visitor.busy = false;
  visitor.lastEnd = sim.world.now;
}

function* visit(sim, visitor, entry, wanted) {
  const { luck, intent, record } = decideVisit(sim, visitor, entry, wanted);
  visitor.busy = true;
  visitor.phone.network = luck.offline ? 'none' : visitor.lot.pick(['wifi', '5g', '4g']);
  const process = launch(sim, visitor, entry);
  const hands = createHands({ world: sim.world, truth: sim.truth, visitor, process, record });
  if (entry.card && !record.lost) sim.opened(visitor, entry.card, record);
  hands.offers.appeared();
  yield* arrive(sim, hands, entry, intent);
  const lines = yield* browse(hands, intent, entry.path !== 'pages/home/index');
  hands.offers.end();
  if (entry.card?.group && !record.lost) sim.groups.join(entry.card.group, visitor, hands.tracker);
  if (record.viewed.length && !luck.expires) yield* share(sim, hands);
  const { order, gone } = lines.length ? yield* checkOut(sim, hands, intent, lines) : {};
  if (lines.length && !gone) yield* subscribe(hands);
  if (!order && !luck.expires) yield* readHelp(sim, hands);
  yield* leave(sim, hands, luck, gone);
}

/** Runs visits: from the launch of the app to its end, one at a time on each phone. */
export const createVisits = (sim) => {
  const { world } = sim;
  /** Begins a visit, unless the phone is in use or was until just now. */
  return (visitor, { entry, wanted } = {}) => {
    if (visitor.busy || world.now < visitor.awayUntil || (visitor.lastEnd && world.now - visitor.lastEnd < APART_MS)) return;
    world.follow(visit(sim, visitor, entry || entryOf(visitor), wanted));
  };
};

/** A visit by a card. */
export const cardEntry = (visitor, card) => byCard(visitor.lot, visitor, card);
