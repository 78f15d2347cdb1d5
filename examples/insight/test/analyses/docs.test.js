import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analysisOf } from '../../src/analyses/index.js';
import { fillWithHistory } from './helpers/createShopHistory.js';
import { ALL, blocks, PAGES, read, statements } from './helpers/docsSql.js';
import { createTestApi } from './helpers/testApi.js';

let api;
beforeAll(async () => {
  api = await createTestApi();
  await fillWithHistory(api.shop);
});
afterAll(() => api.close());

test('there is SQL on the pages, the same in both languages', () => {
  expect(ALL.length).toBeGreaterThan(50);
  for (const page of PAGES.filter((name) => name.endsWith('.zh-CN.md'))) {
    const bare = (name) => blocks(read(name), 'sql').map(({ code }) => code.replace(/--.*$/gm, '').trim());
    expect({ page, sql: bare(page) }).toEqual({ page, sql: bare(page.replace('.zh-CN', '')) });
  }
});

test.each(ALL)('$page, block $n runs on the schema, as a merchant may run it', async ({ code }) => {
  for (const sql of statements(code)) {
    const { status, body } = await api.call('POST', '/api/sql', { sql });
    expect({ status, error: body.error }).toEqual({ status: 200, error: undefined });
    expect(body.rows.length).toBeGreaterThan(/app_error|page_scroll|page_performance/.test(sql) ? -1 : 0);
  }
});

const round = (value) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value);
const pick = (rows, columns) => rows.map((row) => JSON.stringify(columns.map((column) => round(row[column])))).sort();

const QUESTIONS = ['docs/insight.md', 'docs/insight.zh-CN.md'].flatMap((page) =>
  read(page)
    .split(/^### /m)
    .slice(1)
    .filter((part) => /```http/.test(part))
    .map((part) => ({
      page,
      question: part.split('\n')[0],
      call: blocks(part, 'http')[0].code.trim(),
      sql: blocks(part, 'sql')[0].code,
    })),
);

describe.each(QUESTIONS)('$page: $question', ({ call, sql }) => {
  test('call and SQL give the same numbers', async () => {
    const [method, url] = call.split(/ (.*)/);
    expect((await api.call(method, encodeURI(url))).status).toBe(200);
    const [, id, query] = /analyses\/(\w+)\?(.*)/.exec(url);
    const { raw } = await api.shop.run(id, Object.fromEntries(new URLSearchParams(query)), { today: '2026-10-20' });
    const { rows } = (await api.call('POST', '/api/sql', { sql })).body;
    const columns = Object.keys(rows[0]);
    expect(analysisOf(id)).toBeDefined();
    const compared = raw.filter((row) =>
      rows.some((other) =>
        columns
          .filter((column) => typeof other[column] === 'string' || ['step', 'n'].includes(column))
          .every((column) => row[column] === other[column]),
      ),
    );
    expect(pick(compared, columns)).toEqual(pick(rows, columns));
  });
});
