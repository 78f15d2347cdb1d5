const UP_MS = 60;
const DOWN_MS = 40;

const hex = (lot, length) => {
  let text = '';
  while (text.length < length) text += lot.between(0, 15).toString(16);
  return text;
};
/** A UUID by lot. */
export const uuid = (lot) => `${hex(lot, 8)}-${hex(lot, 4)}-4${hex(lot, 3)}-a${hex(lot, 3)}-${hex(lot, 12)}`;

/**
 * The collector at the other end: it takes each body after a while, and at times its answer is lost, so that the phone
 * sends the same events again.
 *
 * @param {object} given
 * @param {ReturnType<import('./world.js').createWorld>} given.world
 * @param {(receivedAt: number, body: string) => void} given.receive
 * @param {number} given.lostAnswer The chance of it.
 * @param {ReturnType<import('./random.js').createLot>} given.lot
 */
export const createCollector = ({ world, receive, lostAnswer, lot, truth }) => {
  const seqs = new Map();
  const take = (body) => receive(world.now, body);
  return {
    /** A request from a phone. */
    send(body, luck, done) {
      world.after(UP_MS + luck.between(0, 40), () => {
        take(body);
        const lost = luck.hits(lostAnswer);
        world.after(DOWN_MS, () => done(!lost));
      });
    },
    /** What the shop's own server knows of a member: the same names, the same `order_id`, no phone. */
    tell(userId, name, properties) {
      const seq = seqs.get(userId) || 0;
      seqs.set(userId, seq + 1);
      truth.told.push({ userId, name, order: properties.order_id, at: world.now });
      const event = {
        id: uuid(lot),
        boot: 1,
        seq,
        type: 'track',
        name,
        ts: world.now,
        session_id: 'server',
        properties,
        context: 0,
      };
      take(
        JSON.stringify({
          schema: 'minitrail/1',
          batch_id: uuid(lot),
          sent_at: world.now,
          clock_offset_ms: 0,
          contexts: [
            { anonymous_id: userId, user_id: userId, platform: 'server', sdk: 'minitrail/server', network_type: 'unknown' },
          ],
          batch: [event],
          drops: {},
        }),
      );
    },
    page: (batch) => take(JSON.stringify(batch)),
  };
};
