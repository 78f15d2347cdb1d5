import { ask } from '../ask.js';
import { toQuery } from '../urlState.js';

/** Where the values of a parameter are told that is a name: the report, its question, and the column. */
const LISTS = {
  experiment: ['trend', { step: { event: 'experiment_exposure' }, by: 'properties.experiment', interval: 'month' }, 'value'],
  campaign: ['channels', { by: 'campaign' }, 'value'],
  page: ['pages', {}, 'path'],
};
const asked = new Map();

export const hasKnownValues = (name) => Object.hasOwn(LISTS, name);

/** The names that the shop used in the last 30 days, as options. Asked for once; none where the collector refuses. */
export const knownValues = (name) => {
  const [analysis, question, column] = LISTS[name];
  if (!asked.has(name))
    asked.set(
      name,
      ask(`/api/analyses/${analysis}?${toQuery(question)}`).then(
        ({ rows }) => [...new Set(rows.map((row) => row[column]).filter(Boolean))].map((value) => ({ value })),
        () => {
          asked.delete(name);
          return [];
        },
      ),
    );
  return asked.get(name);
};
