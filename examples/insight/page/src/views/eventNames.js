import { ask } from '../ask.js';

let asked;
/** The events of the last 30 days, the most frequent first: what a step may be. Asked for once. */
export const eventNames = () => {
  asked ??= ask('/api/analyses/eventNames').then(
    ({ rows }) => [...new Set(rows.map(({ name }) => name))],
    () => {
      asked = undefined; // The next field asks again; until then a name is typed.
      return [];
    },
  );
  return asked;
};
