import { PLAN, UNSOLD } from './plan.js';
import { LEFT_FOR_MS, LOOKS, LOOKS_WITHIN_MS } from './rules.js';

const DAY_MS = 86_400_000;

/** What a phone remembers of the rules, as far as its visitor can know. */
export const createOfferMemory = () => ({ looks: {}, left: undefined, offeredAt: {} });

/**
 * When something is due by the rules is decided here, by what the visitor does, and noted with whether this one would take
 * it. Whether it is shown is up to the package, which holds some visitors out; then it is taken or left.
 */
export const createOffers = ({ world, truth, visitor, record, shop }) => {
  const { offerMemory: memory, lot } = visitor;
  let open = [];
  let isOver = false;

  const isDue = (rule, product) => {
    if (world.now - memory.offeredAt[rule] < DAY_MS) return false;
    memory.offeredAt[rule] = world.now;
    const luck = lot.hits(PLAN.trigger.takes[rule]);
    const { index, lost, wanted } = record();
    const offer = {
      rule,
      product,
      visitor: visitor.index,
      visit: index,
      at: world.now,
      excluded: visitor.excluded,
      lost,
      /** Would take it and buy because of it. */
      tempted: luck && !isOver && !visitor.passive && !lost && !wanted && product !== UNSOLD,
      shown: false,
      taken: false,
    };
    truth.offers.push(offer);
    open.push(offer);
    return true;
  };
  /** Matches what the app showed with what was due. */
  const see = () => {
    for (const { rule, taken } of shop.shown.splice(0)) {
      const offer = open.find((each) => each.rule === rule && !each.shown);
      if (!offer) throw new Error(`visitor ${visitor.index} was shown ${rule} when it was not due`);
      offer.shown = true;
      offer.take = taken;
    }
  };

  return {
    looked(product) {
      if (!visitor.agreed) return;
      const looks = [...(memory.looks[product] || []), world.now].slice(-LOOKS);
      memory.looks[product] = looks;
      if (looks.length < LOOKS || world.now - looks[0] > LOOKS_WITHIN_MS) return;
      if (isDue('hesitates', product)) delete memory.looks[product];
    },
    added(product) {
      if (!visitor.agreed) return;
      delete memory.looks[product];
      memory.left = { product, at: world.now };
    },
    /** The app was told of a payment; of one that only the server knows, the phone hears nothing. */
    paid() {
      memory.left = undefined;
    },
    appeared() {
      const { left } = memory;
      if (!visitor.agreed || !left || world.now - left.at < LEFT_FOR_MS) return;
      if (isDue('leaves_cart', left.product)) memory.left = undefined;
    },
    /** Takes what is shown and tempts, and answers what it was about. */
    answer() {
      see();
      const offer = open.find(({ shown, tempted, taken }) => shown && tempted && !taken);
      if (!offer) return undefined;
      offer.taken = true;
      offer.take();
      return offer;
    },
    /** From here on the visitor has no eye for it. */
    end() {
      isOver = true;
    },
    /** The visit is over. */
    close() {
      see();
      open = [];
    },
  };
};
