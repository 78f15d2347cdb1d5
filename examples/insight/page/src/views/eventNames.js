import { ask } from '../ask.js';

let asked;
/**
 * The events of the last 30 days, the most frequent first, with what the plan says of them: `{ value, en, zh }`. What a step may be. Asked for once.
 */
export const eventNames = () => {
  asked ??= Promise.all([ask('/api/analyses/eventNames'), ask('/api/plan').catch(() => ({}))]).then(
    ([{ rows }, plan]) =>
      [...new Set(rows.map(({ name }) => name))].map((value) => ({ value, en: plan[value]?.en, zh: plan[value]?.zh })),
    () => {
      asked = undefined; // The next field asks again; until then a name is typed.
      return [];
    },
  );
  return asked;
};
