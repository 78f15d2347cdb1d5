import { isHeldOut, lineOfMessage, messageIdOf } from '../src/recall/messages.js';
import { byMessage } from './entries.js';
import { PLAN } from './plan.js';
import { createLot } from './random.js';
import { TEMPLATE } from './template.js';
import { awake } from './visitors.js';
import { isWritable } from './visits.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Late in an hour, when all visits of that hour are over. */
const MOMENT_MS = 19 * HOUR_MS + 50 * 60_000;

/** The campaign as the merchant keeps it. It is paused: what it wrote is history. */
export const RECALL = {
  id: 'left-in-the-cart',
  name: 'Left in the cart',
  webhook: 'https://shop.example/recall',
  params: {},
  held_out: PLAN.recall.heldOut,
  paused: true,
};

const isReachable = (visitor) => {
  const { excluded, passive, logins, agreed, anonymousId, busy } = visitor;
  return !excluded && !passive && !logins && agreed && anonymousId && !busy && isWritable(visitor);
};

/**
 * The shop's server writes to those who left something in the cart, once to each person, and holds some of them out. What
 * it keeps of a message goes into the journal in the shape of `src/recall`; who comes back because of it is decided here.
 */
export const planRecalls = ({ world, truth, people, zeroDay, endDay, seed, run, receive }) => {
  const done = new Set();

  const tell = (message) => {
    const { received_at, key, body } = JSON.parse(lineOfMessage(message, world.now));
    receive(received_at, JSON.stringify(body), key);
  };
  const write = (visitor) => {
    const { index, anonymousId, used, person, cart, platform } = visitor;
    const lot = createLot(seed, 'recall', index);
    const [login = anonymousId] = used;
    const id = messageIdOf(RECALL.id, login);
    const heldOut = isHeldOut(id, RECALL.held_out);
    const recall = {
      message: id,
      visitor: index,
      at: world.now,
      heldOut,
      product: cart.product,
      returns: lot.hits(PLAN.recall.returns),
      buys: lot.hits(PLAN.recall.buys),
    };
    done.add(person);
    truth.recalls.push(recall);
    const message = {
      message: id,
      campaign: RECALL.id,
      person: login,
      anonymous_id: anonymousId,
      template_id: TEMPLATE,
      product_id: cart.product,
      reason: 'cart',
      hour: Math.floor(MOMENT_MS / HOUR_MS),
      attempts: 0,
      not_before: world.now,
      error: '',
    };
    tell({ ...message, state: heldOut ? 'held_out' : 'due', step: 0 });
    if (heldOut) return;
    world.after(200, () => tell({ ...message, state: 'sent', step: 1, attempts: 1 }));
    visitor.messages.sent++;
    visitor.messages.unopened++;
    if (!recall.returns) return;
    const at = awake(lot, world.now + lot.between(HOUR_MS, 3 * DAY_MS), zeroDay);
    if (at >= endDay) return;
    world.at(at, () => run(visitor, { entry: { ...byMessage(platform), recall }, wanted: recall.buys && cart.product }));
  };

  for (let day = PLAN.recall.from; day <= PLAN.recall.to; day++)
    world.at(zeroDay + day * DAY_MS + MOMENT_MS, () => {
      for (const visitor of people.visitors)
        if (visitor.cart && world.now - visitor.cart.at > DAY_MS && !done.has(visitor.person) && isReachable(visitor))
          write(visitor);
    });
};
