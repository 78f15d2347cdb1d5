import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choiceLabel, columnLabel } from '../../page/src/labels.js';
import { GROUPS } from '../../page/src/navigation.js';
import { tablesOf } from '../../page/src/tablesOf.js';
import { COMMON } from '../../src/analyses/common.js';
import { OPERATORS } from '../../src/analyses/conditions.js';
import { ANALYSES } from '../../src/analyses/index.js';
import { analysisSql, runAnalysis, used } from '../../src/analyses/run.js';
import { fillWithHistory } from '../analyses/helpers/createShopHistory.js';
import { createTestStore } from '../analyses/helpers/testStore.js';

const env = { today: '2026-10-20' };
const GIVEN = {
  trend: { number: 'properties.price' },
  experiment: { experiment: 'coupon' },
  campaign: { campaign: 'autumn' },
  commission: { rates: '[0.1,0.05,0.03,0.02,0.01]' },
};
/** What `shape` takes out of the rows or packs into a value of its own. */
const INNER = new Set(['hour_number', 'revenue_squares', 'mixed']);

let shop;
beforeAll(async () => {
  shop = await fillWithHistory(await createTestStore());
});
afterAll(() => shop.close());

/** The columns of every table of an analysis, of those that are empty now, too. */
const columnsOf = async (analysis) => {
  const given = GIVEN[analysis.id] ?? {};
  const names = new Set();
  const answer = await runAnalysis(shop.store, analysis, given, env);
  for (const { name, columns } of answer.raw.length ? tablesOf(answer) : [])
    for (const each of [name, ...columns]) names.add(each);
  const { sql, more, values } = analysisSql('duckdb', analysis, given, env);
  for (const text of analysis.shape ? Object.values(more) : [sql, ...Object.values(more)]) {
    const described = await shop.store.query(`DESCRIBE ${text}`, used(text, values));
    for (const { column_name: name } of described) names.add(name);
  }
  return [...names].filter((name) => name && !INNER.has(name));
};

describe('every report', () => {
  it.each(ANALYSES.map((analysis) => [analysis.id, analysis]))(
    '%s has its columns named in both languages',
    async (_id, analysis) => {
      const columns = await columnsOf(analysis);
      expect(columns.length).toBeGreaterThan(0);
      for (const language of ['en', 'zh']) expect(columns.filter((column) => !columnLabel(column, language))).toEqual([]);
    },
  );

  it.each(['en', 'zh'])('names in %s what tells the people behind its numbers', (language) => {
    const keys = ANALYSES.flatMap((analysis) => Object.keys(analysisSql('duckdb', analysis, {}, env).keys ?? {}));
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !columnLabel(key, language))).toEqual([]);
  });

  it('has its parameters and their choices named in both languages', () => {
    for (const parameters of [COMMON, ...ANALYSES.map(({ params }) => params)])
      for (const [name, { en, zh, values = [] }] of Object.entries(parameters))
        for (const [language, label] of Object.entries({ en, zh }))
          for (const named of [label, ...values.map((value) => choiceLabel(value, language))])
            expect(named, `${name} ${values} in ${language}`).toBeTruthy();
  });

  it.each(OPERATORS)('has a word of both languages for the comparison %s', (operator) => {
    for (const language of ['en', 'zh']) expect(choiceLabel(operator, language)).toBeTruthy();
  });

  it('stands once in the navigation', () => {
    expect(GROUPS.flatMap(({ ids }) => ids).sort()).toEqual(ANALYSES.map(({ id }) => id).sort());
  });
});
