import { analysisOf } from '../../src/analyses/index.js';
import { runAnalysis, runPeople } from '../../src/analyses/run.js';
import { decided, FIRST, LAST, store } from './population.js';

const env = { today: decided.date(LAST + 1) };
const range = ({ from = FIRST, to = LAST, ...given }) => ({ from: decided.date(from), to: decided.date(to), ...given });

/** The answer of an analysis over the 90 days, or over the days `from` to `to` by number. */
export const answerOf = (id, given = {}) => runAnalysis(store, analysisOf(id), range(given), env);

/** Its rows alone. */
export const ask = async (id, given) => (await answerOf(id, given)).rows;

/** The people behind one of its numbers. */
export const peopleOf = async (id, cell, given = {}) =>
  (await runPeople(store, analysisOf(id), range(given), cell, env, { limit: 100_000 })).people;
