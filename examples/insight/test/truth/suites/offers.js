import { describe, expect, it } from 'vitest';
import { RECALL } from '../../../population/recalls.js';
import { recallResults } from '../../../src/recall/recallResults.js';
import { newcombe } from '../../../src/stats/newcombe.js';
import { ask, peopleOf } from '../ask.js';
import { groupBy, margin } from '../decided.js';
import { decided, FIRST, LAST, PLAN, store } from '../population.js';

const { truth, names, visits, orders, told, within, toldAt, dayOf, sum } = decided;
const WINDOW_MS = 7 * 86_400_000;
const isSince = (at) => (each) => each >= at && each - at <= WINDOW_MS;
const visitsOf = groupBy(visits, ({ who }) => who);
const ordersOf = groupBy(orders, ({ who }) => who);
const hasBought = (who, at) => (ordersOf.get(who) || []).some(({ t }) => isSince(at)(t));

/** The chance that a visit ends in an order by what the visitor was out for, if it comes to the checkout. */
const ownChance = ({ wanted, recalled, intended, variants }) => {
  const variant = variants.checkout_coupon;
  if (!variant || intended < 3) return 0;
  return wanted && !recalled ? 1 : PLAN.pays[variant];
};
/**
 * What was decided of somebody's visits: the chance of an order with what the shop did, and without it. `reason` is what it
 * did, `tempts` says of a visit whether the visitor buys because of it, shown or not.
 */
const chancesOf = (list, reason, tempts) => {
  const chance = (each) => 1 - list.reduce((none, visit) => none * (1 - each(visit)), 1);
  const without = (visit) => (visit.because && visit.because !== reason ? 1 : ownChance(visit));
  return { with: chance((visit) => (tempts(visit) ? 1 : without(visit))), without: chance(without) };
};

/** The effect of what was planted is there whatever the dice, and is as large as was decided person by person. */
const expectEffect = ([heldHits, held, shownHits, shown], found, chances) => {
  expect(found).toMatchObject(newcombe(heldHits, held, shownHits, shown));
  expect(found.low).toBeGreaterThan(0);
  const planted = sum(chances, (each) => each.with - each.without) / chances.length;
  const sure = newcombe(heldHits, held, shownHits, shown, 0.999);
  expect(planted).toBeGreaterThan(sure.low);
  expect(planted).toBeLessThan(sure.high);
};
const differenceOf = (row) => ({
  difference: row.difference_rate,
  low: row.low_of_difference_rate,
  high: row.high_of_difference_rate,
});

describe.each(['hesitates', 'leaves_cart'])('what the rule %s shows at once', (rule) => {
  const offers = truth.offers
    .filter((offer) => offer.rule === rule && !offer.excluded && !offer.lost)
    .map((offer) => ({ ...offer, who: names[offer.visitor], t: toldAt(offer.visitor, offer.at) }))
    .filter(({ t }) => dayOf(t) >= FIRST && dayOf(t) <= LAST);
  const members = [...groupBy(offers, ({ who }) => who)].map(([who, own]) => {
    const first = Math.min(...own.map(({ t }) => t));
    const began = Math.min(...own.map(({ at }) => at));
    const tempting = new Set(own.filter(({ tempted }) => tempted).map(({ visit }) => visit));
    const place = own.find(({ at }) => at === began).visit;
    const later = visitsOf.get(who).filter(({ at, index }) => index === place || isSince(began)(at));
    return {
      who,
      isShown: own.some(({ shown }) => shown),
      taken: own.some(({ taken }) => taken),
      bought: hasBought(who, first),
      chances: chancesOf(later, rule, ({ index }) => tempting.has(index)),
    };
  });
  const shown = members.filter(({ isShown }) => isShown);
  const held = members.filter(({ isShown }) => !isShown);
  const bought = (list) => list.filter((each) => each.bought);

  it('is counted by those who saw it, took it, bought, and were held out', async () => {
    const row = (await ask('triggers')).find((each) => each.rule === rule);
    expect(row).toMatchObject({
      shown: shown.length,
      taken: members.filter(({ taken }) => taken).length,
      bought: bought(shown).length,
      held_out: held.length,
      held_out_bought: bought(held).length,
    });
    const who = (list) => list.map((each) => each.who).sort();
    expect(await peopleOf('triggers', { rule, did: 'held_out_bought' })).toEqual(who(bought(held)));
    expect(await peopleOf('triggers', { rule, did: 'taken' })).toEqual(who(members.filter(({ taken }) => taken)));
  });

  it('makes people buy, as much as was planted', async () => {
    const row = (await ask('triggers')).find((each) => each.rule === rule);
    const counts = [bought(held).length, held.length, bought(shown).length, shown.length];
    // Of those orders some were cancelled.
    const kept = 1 - PLAN.orders.cancelled;
    expectEffect(
      counts,
      differenceOf(row),
      members.map(({ chances }) => ({ with: chances.with * kept, without: chances.without * kept })),
    );
  });

  it('is held back from the share that was asked for, and from these always', () => {
    const phones = groupBy(offers, ({ visitor }) => visitor);
    for (const list of phones.values()) expect(new Set(list.map(({ shown }) => shown)).size).toBe(1);
    const heldOut = [...phones.values()].filter(([{ shown }]) => !shown).length;
    const share = PLAN.trigger.heldOut;
    expect(Math.abs(heldOut / phones.size - share)).toBeLessThan(margin(share, phones.size));
  });
});

describe('what a list recommends', () => {
  const list = 'home_recommended';
  const seen = groupBy(
    within(visits, FIRST, LAST).filter(({ variants }) => variants[list]),
    ({ who }) => who,
  );
  const members = [...seen]
    .filter(([, own]) => new Set(own.map(({ variants }) => variants[list])).size === 1)
    .map(([who, own]) => {
      const first = own.reduce((a, b) => (b.at < a.at ? b : a));
      const isWithin = isSince(first.at);
      const later = visitsOf.get(who).filter(({ at }) => isWithin(at));
      const taps = later
        .flatMap((visit) => visit.taps)
        .filter(([, handler, , , , name, at]) => handler === 'openProduct' && name === list && isWithin(at))
        .sort((a, b) => a[6] - b[6]);
      const mine = ordersOf.get(who) || [];
      const hasBoughtIt = taps.some(([, , , , product, , at], i) => {
        const isFirst = taps.findIndex((tap) => tap[4] === product) === i;
        return (
          isFirst &&
          mine.some((order) => order.at >= at && isWithin(order.at) && order.items.some((item) => item.product_id === product))
        );
      });
      return {
        isShown: first.variants[list] === 'shown',
        tapped: taps.length > 0,
        tappedBought: hasBoughtIt,
        bought: mine.some(({ at }) => isWithin(at)),
        chances: chancesOf(later, list, ({ tempted }) => tempted === 'buys'),
      };
    });
  const shown = members.filter(({ isShown }) => isShown);
  const held = members.filter(({ isShown }) => !isShown);
  const count = (of, key) => of.filter((each) => each[key]).length;

  it('is counted by those who saw it, tapped it, bought what they tapped, and were held out', async () => {
    expect(await ask('recommended')).toMatchObject([
      {
        list_id: list,
        shown: shown.length,
        tapped: count(shown, 'tapped'),
        tapped_bought: count(shown, 'tappedBought'),
        bought: count(shown, 'bought'),
        held_out: held.length,
        held_out_bought: count(held, 'bought'),
      },
    ]);
    expect(count(shown, 'tappedBought')).toBeGreaterThan(0);
  });

  it('makes people buy, as much as was planted', async () => {
    const [row] = await ask('recommended');
    const counts = [count(held, 'bought'), held.length, count(shown, 'bought'), shown.length];
    const kept = 1 - PLAN.orders.cancelled;
    expectEffect(
      counts,
      differenceOf(row),
      members.map(({ chances }) => ({ with: chances.with * kept, without: chances.without * kept })),
    );
  });
});

describe('the recall campaign', () => {
  const placedAt = new Map(truth.orders.map(({ id, at }) => [id, at]));
  const members = truth.recalls.map((recall) => {
    const who = names[recall.visitor];
    const isAfter = ({ at }) => at > recall.at && at - recall.at <= WINDOW_MS;
    const later = (visitsOf.get(who) || []).filter(isAfter);
    const paid = (ordersOf.get(who) || []).filter(isAfter);
    const own = later.filter(({ recalled }) => !recalled);
    // What the server tells of somebody is a sign of them, too; of earlier orders it would have come anyway.
    const signs = told.filter((each) => each.who === who && isAfter(each));
    const isBack = own.length > 0 || signs.some(({ order }) => placedAt.get(order) < recall.at);
    const comes = recall.returns && dayOf(recall.at) + 4 <= LAST;
    const buys = comes && recall.buys;
    const byOwn = chancesOf(own, 'recall', () => false).without;
    return {
      ...recall,
      back: later.length > 0 || signs.length > 0,
      orders: paid,
      returning: { with: comes || isBack ? 1 : 0, without: isBack ? 1 : 0 },
      buying: { with: buys ? 1 : byOwn, without: byOwn },
    };
  });
  const written = members.filter(({ heldOut }) => !heldOut);
  const held = members.filter(({ heldOut }) => heldOut);
  const back = (list) => list.filter((each) => each.back).length;
  const buyers = (list) => list.filter((each) => each.orders.length).length;
  const results = () => recallResults(store, RECALL.id, { days: 7, now: truth.endDay });

  it('is counted by those who were written to, came back and bought, beside those who were held out', async () => {
    const { groups } = await results();
    for (const [i, list] of [written, held].entries()) {
      expect(groups[i]).toMatchObject({
        people: list.length,
        returned: back(list),
        buyers: buyers(list),
        orders: sum(list, (each) => each.orders.length),
        growing: list.filter(({ at }) => at + WINDOW_MS > truth.endDay).length,
      });
      expect(groups[i].revenue).toBeCloseTo(
        sum(list, (each) => sum(each.orders, 'net')),
        2,
      );
    }
  });

  it('brings people back and makes them buy, as much as was planted', async () => {
    const { difference } = await results();
    expectEffect(
      [back(held), held.length, back(written), written.length],
      difference.return_rate,
      members.map((each) => each.returning),
    );
    expect(difference.return_rate.p).toBeLessThan(0.01);
    const kept = 1 - PLAN.orders.cancelled;
    expectEffect(
      [buyers(held), held.length, buyers(written), written.length],
      difference.conversion,
      members.map(({ buying }) => ({ with: buying.with * kept, without: buying.without * kept })),
    );
  });
});
