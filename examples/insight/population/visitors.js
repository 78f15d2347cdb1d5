import { createPhone } from './hosts/createPhone.js';
import { HOSTS } from './hosts/index.js';
import { createOfferMemory } from './offers.js';
import { PLAN } from './plan.js';
import { createLot } from './random.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const HOURS = PLAN.hours.map((weight, hour) => ({ weight, hour }));

const DEVICES = {
  wechat: [
    { brand: 'HUAWEI', model: 'ALN-AL80', system: 'HarmonyOS 4.2', platform: 'android' },
    { brand: 'iPhone', model: 'iPhone 15', system: 'iOS 18.1', platform: 'ios' },
  ],
  alipay: [{ brand: 'Xiaomi', model: '24031PN0DC', system: 'Android 15', platform: 'Android' }],
  douyin: [{ brand: 'vivo', model: 'V2408A', system: 'Android 14', platform: 'android' }],
};
const WINDOW = { pixelRatio: 3, screenWidth: 390, screenHeight: 844, windowWidth: 390, windowHeight: 750 };

/**
 * A moment of a day at which a visit may begin: within the hours that people are awake, and so early in the hour that
 * the visit is over before the next one, so that its day and its hour are decided with its start.
 */
export const momentOf = (lot, day) => {
  const { hour } = lot.weighted(HOURS);
  return day + hour * HOUR_MS + lot.between(2, 30) * MINUTE_MS + lot.between(0, 59_999);
};

/** The same for a moment that is only meant roughly, such as when somebody opens a card that was sent earlier. */
export const awake = (lot, time, zeroDay) => {
  const day = zeroDay + Math.floor((time - zeroDay) / DAY_MS) * DAY_MS;
  const hour = Math.floor((time - day) / HOUR_MS);
  if (hour < 7) return day + 8 * HOUR_MS + lot.between(2, 30) * MINUTE_MS;
  if (hour > 21) return day + 32 * HOUR_MS + lot.between(2, 30) * MINUTE_MS;
  return day + (hour + 1) * HOUR_MS + lot.between(2, 30) * MINUTE_MS;
};

/** The days after the first on which somebody is decided to be back. */
const daysBack = (lot, days) => {
  const back = [];
  for (let n = 1; n < days; n++) if (lot.hits(PLAN.retention(n))) back.push(n);
  return back;
};

/**
 * The people of the population and their phones. A visitor is one installation; a person may have two.
 *
 * @param {object} given
 * @param {string} given.seed
 */
export const createVisitors = ({ seed, world, collector, zeroDay, endDay }) => {
  const visitors = [];
  const people = [];

  const addPerson = () => {
    const index = people.length;
    const lot = createLot(seed, 'person', index);
    const person = {
      index,
      userId: `u${100_000 + index}`,
      unionid: lot.hits(PLAN.unionid) ? `union-${seed}-${index}` : undefined,
    };
    people.push(person);
    return person;
  };
  const add = ({ person = addPerson(), platform, excluded, channel, offset, consent, counts } = {}) => {
    const index = visitors.length;
    const lot = createLot(seed, 'visitor', index);
    const name = platform || lot.weighted(PLAN.platforms).name;
    const isDevelop = lot.hits(PLAN.develop) && !counts;
    const mood = lot.next();
    const visitor = {
      index,
      person,
      lot,
      platform: name,
      clockOffset: offset === undefined ? lot.weighted(PLAN.clocks).offset : offset,
      consent: consent || (mood < PLAN.refuses ? 'denied' : mood < PLAN.refuses + PLAN.asked ? 'asked' : 'granted'),
      excluded: excluded || (isDevelop ? 'test' : undefined),
      /** Neither shares nor buys: no human, or a preview. */
      passive: Boolean(excluded),
      /** How this one comes first, unless by a card. */
      channel: channel || lot.weighted(PLAN.channels),
      planned: [],
      visits: 0,
      lastEnd: 0,
      busy: false,
      identified: false,
      /** Under what it is logged in, or would be. */
      userId: person.userId,
      /** Of a phone that several people use: their logins. */
      logins: undefined,
      used: new Set(),
      unlucky: false,
      awayUntil: 0,
      unionidKnown: false,
      anonymousId: undefined,
      credit: undefined,
      /** Events of each launch, in order. */
      boots: [],
      messages: { accepted: 0, sent: 0, unopened: 0, others: 0 },
      /** Has agreed to be measured. */
      agreed: false,
      /** What was put into the cart last and not bought. */
      cart: undefined,
      offerMemory: createOfferMemory(),
    };
    visitor.phone = createPhone({
      world,
      ...HOSTS[name],
      seed: `${seed} phone ${index}`,
      clockOffset: visitor.clockOffset,
      send: collector.send,
      facts: {
        app: { version: lot.pick(['2.3.1', '2.4.0', '2.4.0']), env: visitor.excluded === 'test' ? 'develop' : 'release' },
        device: lot.pick(DEVICES[name]),
        window: WINDOW,
        version: '8.0.50',
      },
    });
    visitor.agreed = visitor.consent === 'granted';
    visitor.phone.acceptsMessages = lot.hits(PLAN.messages.accepts);
    visitors.push(visitor);
    return visitor;
  };
  return {
    visitors,
    people,
    add,
    addPerson,
    /** Plans the days after the first visit, and the hours. */
    planReturns(visitor, firstAt) {
      const firstDay = zeroDay + Math.floor((firstAt - zeroDay) / DAY_MS) * DAY_MS;
      const left = Math.round((endDay - firstDay) / DAY_MS);
      visitor.planned = daysBack(visitor.lot, left).map((n) => momentOf(visitor.lot, firstDay + n * DAY_MS));
      return visitor.planned;
    },
  };
};
