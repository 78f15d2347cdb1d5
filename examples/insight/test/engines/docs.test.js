import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createShopHistory } from '../analyses/helpers/createShopHistory.js';
import { ALL, statements } from '../analyses/helpers/docsSql.js';
import { createTestStore } from '../analyses/helpers/testStore.js';
import { fillBoth } from './fillBoth.js';
import { openChdb } from './openChdb.js';

let duck;
let click;
before(async () => {
  duck = await createTestStore();
  click = openChdb();
  await fillBoth(duck, click, createShopHistory());
});
after(async () => {
  await duck.close();
  click.close();
});

/** What the engines write otherwise: NULL and an empty text, yes and 1, a number of many digits; ties come in any order. */
const plain = (value) => {
  if (value === null || value === '') return '';
  if (typeof value === 'boolean') return Number(value);
  return Number.isFinite(Number(value)) ? Number(Number(value).toPrecision(9)) : value;
};
const rowsOf = async (engine, sql) =>
  (await engine.query(sql)).map((row) => JSON.stringify(Object.values(row).map(plain))).sort();

const PAGES = ALL.filter(({ page }) => !page.endsWith('.zh-CN.md'));

test('there is SQL to run', () => assert.ok(PAGES.length > 25));

for (const { page, n, code } of PAGES) {
  test(`${page}, block ${n}: both engines give the same rows`, async () => {
    for (const sql of statements(code)) assert.deepEqual(await rowsOf(click, sql), await rowsOf(duck.store, sql), sql);
  });
}
