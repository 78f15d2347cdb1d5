import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMON } from '../../src/analyses/common.js';
import { ANALYSES } from '../../src/analyses/index.js';
import { analysisSql } from '../../src/analyses/run.js';
import { createTestStore } from './helpers/testStore.js';

const ENV = {
  today: '2026-12-31',
  segments: new Map([['s1', { analysis: 'segment', params: { rules: [{ kind: 'did', event: 'order_paid' }] } }]]),
};
/** Parameters that bring further text into an analysis. */
const VARIANTS = [
  {},
  { unit: 'visitors' },
  {
    segment: 's1',
    filters: [
      { field: 'platform', value: 'wechat' },
      { field: 'properties.x', op: 'gt', value: 1 },
    ],
  },
];

let shop;
beforeAll(async () => void (shop = await createTestStore()));
afterAll(() => shop.close());

/** The conditions of the outer joins of a text, each up to the clause that ends it. */
const outerJoins = (sql) =>
  [
    ...sql.matchAll(
      /LEFT JOIN [\s\S]*? ON ([\s\S]*?)(?=\s(?:LEFT JOIN|JOIN|CROSS JOIN|WHERE|GROUP BY|ORDER BY|UNION|LIMIT)\b|\n\)|$)/g,
    ),
  ].map(([, condition]) => condition);

/** Joins that compare every row with every row and keep those without a partner. A few rows with a few may meet in an inner one. */
const slowOuterJoins = (node) => [
  ...(/BLOCKWISE_NL_JOIN|NESTED_LOOP_JOIN/.test(node.name) && node.extra_info?.['Join Type'] !== 'INNER' ? [node.name] : []),
  ...(node.children || []).flatMap(slowOuterJoins),
];

describe.each(ANALYSES.map((analysis) => [analysis.id, analysis]))('%s', (_, analysis) => {
  test('has no inequality in an outer join, and no plan that meets every row with every row', async () => {
    for (const given of VARIANTS) {
      const { sql, more, values } = analysisSql('duckdb', analysis, { from: '2026-09-01', to: '2026-09-30', ...given }, ENV);
      for (const text of [sql, ...Object.values(more)]) {
        for (const condition of outerJoins(text)) expect(condition).not.toMatch(/[<>]|BETWEEN|LIKE/);
        const named = Object.fromEntries(Object.entries(values).filter(([name]) => new RegExp(`\\$${name}\\b`).test(text)));
        const [row] = await shop.store.query(`EXPLAIN (FORMAT json) ${text}`, named);
        const plan = JSON.parse(row.explain_value);
        expect(plan.flatMap(slowOuterJoins)).toEqual([]);
      }
    }
  });

  test('reads every parameter it describes, and describes each in both languages', () => {
    for (const [name, { type, en, zh, default: fallback }] of Object.entries({ ...COMMON, ...analysis.params })) {
      expect({ name, type, en, zh }).toEqual({
        name,
        type: expect.any(String),
        en: expect.any(String),
        zh: expect.stringMatching(/[\u4e00-\u9fff]|SQL|id/),
      });
      expect(fallback).not.toBe(undefined);
    }
    expect(analysis.definition.zh.length).toBeGreaterThan(15);
  });
});

test('the checks of outer joins see one that is wrong', async () => {
  const wrong =
    'SELECT count(*) FROM events AS a LEFT JOIN events AS b ON b.anonymous_id = a.anonymous_id AND (b.t > a.t OR b.boot = 1)';
  expect(outerJoins(wrong)[0]).toMatch(/>/);
  const [row] = await shop.store.query(
    'EXPLAIN (FORMAT json) SELECT count(*) FROM events AS a LEFT JOIN events AS b ON b.t > a.t OR b.boot = a.seq',
  );
  expect(JSON.parse(row.explain_value).flatMap(slowOuterJoins).length).toBe(1);
  expect(outerJoins('SELECT 1 FROM a LEFT JOIN b ON b.v = a.v AND b.t > a.t WHERE 1 = 1')[0]).toMatch(/>/);
});
