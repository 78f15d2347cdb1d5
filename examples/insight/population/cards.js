import { PLAN } from './plan.js';
import { awake } from './visitors.js';

const HOUR_MS = 3_600_000;

/**
 * What was shared, and who opens it. A card knows the card that brought its sharer, as decided here; that is the tree
 * that reports have to find.
 */
export const createCards = ({ world, truth, visitors, zeroDay, endDay, newcomers, onOpen }) => {
  const open = (lot, card, visitor, isNew) => {
    const at = awake(lot, world.now + lot.between(HOUR_MS / 6, 20 * HOUR_MS), zeroDay);
    if (at < endDay) world.at(at, () => onOpen(visitor, card, isNew));
  };
  /** Whether a visitor's events are still credited to the card that brought them. */
  const creditOf = ({ credit }) => (credit && world.now - credit.at < PLAN.share.windowMs ? credit.card : undefined);

  return {
    creditOf,
    /** Notes what the host was given to send, and decides who opens it. `true` when the sharer opens it at once. */
    send(visitor, visit, token, method, page, group) {
      const { lot } = visitor;
      const parent = creditOf(visitor);
      const card = {
        id: token.slice(3, 13),
        visitor: visitor.index,
        parent: parent && parent.id,
        depth: parent ? parent.depth + 1 : 1,
        root: parent ? parent.root : token.slice(3, 13),
        method,
        at: world.now,
        path: page.route,
        query: method === 'poster' ? { ...page.options, scene: token } : { ...page.options, _mt: token },
        opens: 0,
        excluded: visit.excluded,
        above: parent,
        group,
      };
      delete card.query[method === 'poster' ? '_mt' : 'scene'];
      truth.cards.push(card);
      for (let left = lot.count(PLAN.share.opens); left; left--) {
        const luck = lot.next();
        const { known, own, cycle } = PLAN.openers;
        if (luck < known) open(lot, card, lot.pick(visitors.filter(({ passive }) => !passive)));
        else if (luck < known + own) card.opensOwn = true;
        else if (luck < known + own + cycle && parent) open(lot, card, visitors[parent.visitor]);
        else if (newcomers.left > 0) {
          newcomers.left--;
          open(lot, card, undefined, true);
        }
      }
      return card;
    },
  };
};
