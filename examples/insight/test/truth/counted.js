import { arrivedOf } from './arrived.js';
import { decided, FIRST, LAST, lines } from './population.js';

const { visitors, names } = decided;

export const arrived = arrivedOf(lines);
/** Whoever an installation is, or a login that only the server knows. */
export const nameOf = new Map([
  ...visitors.flatMap(({ index, userIds }) => userIds.map((id) => [id, names[index]])),
  ...visitors.map(({ index, anonymousId }) => [anonymousId, names[index]]),
]);
/** What phones sent. Previews share one id, so of a wrong clock among them nobody can know: its events lie years back. */
export const sent = arrived.events
  .filter(({ type }) => type !== 'server')
  .map((event) => ({ ...event, who: nameOf.get(event.context.anonymous_id), day: decided.dayOf(event.t) }));
/** Of these what reports count, within the 90 days. */
export const counted = sent.filter(({ excluded, day }) => !excluded && day >= FIRST && day <= LAST);
