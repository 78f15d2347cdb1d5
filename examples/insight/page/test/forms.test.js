import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { chartOption } from '../src/chartOption.js';
import { chartOf } from '../src/charts.js';
import { WORDS } from '../src/forms/words.js';
import { PALETTES } from '../src/palette.js';
import { problemText } from '../src/problems.js';

/** Keys of all levels, and which of them are functions. */
const shapeOf = (words) =>
  Object.entries(words).map(([key, value]) => [key, typeof value === 'object' ? shapeOf(value) : typeof value]);

it('says the same in both languages in every form', () => {
  expect(shapeOf(WORDS.zh)).toEqual(shapeOf(WORDS.en));
});

const API = new URL('../../src/api/', import.meta.url);
/** What the routes of the forms refuse with, as it stands in their source. */
const refusals = readdirSync(API)
  .filter((name) => /^(register(Alerts|Recalls|Settings)|createList|refuse)\.js$/.test(name))
  .flatMap((name) => [...readFileSync(new URL(name, API), 'utf8').matchAll(/refuse\(\s*\d+,[^,]+,\s*(['`])(.+?)\1/g)])
  .map(([, , text]) => text.replaceAll(/\$\{[^}]+\}/g, '7'));

it('has Chinese for all that the collector refuses in a form', () => {
  expect(refusals.length).toBeGreaterThan(20);
  expect(refusals.filter((text) => !/\p{Script=Han}/u.test(problemText(text, 'zh')))).toEqual([]);
});

it('tells a problem with what it is about, and what it does not know as it came', () => {
  expect(problemText('is no whole number from 4 to 52', 'zh')).toBe('应是 4 到 52 的整数');
  expect(problemText('6 tries, the last: status 500: down', 'zh')).toBe('已尝试 6 次，最后一次：对方返回状态码 500: down');
  expect(problemText('a problem of its own', 'zh')).toBe('a problem of its own');
  expect(problemText('is missing', 'en')).toBe('is missing');
  expect(problemText('stopped after 30000 ms', 'en')).toContain('choose fewer days');
});

it.each(Object.keys(PALETTES))('draws the usual band behind its figure, also where it reaches below 0, in %s', (theme) => {
  const names = ['2026-09-01', '2026-09-02', '2026-09-03'];
  const band = { low: [null, -2, 4], high: [null, 6, 10] };
  const chart = { kind: 'line', x: 'day', names, series: [{ column: 'orders', values: [3, 5, 7] }], band };
  const [edge, area, line] = chartOption(chart, { theme, locale: 'zh-CN' }).series;
  expect([edge.data, area.data, line.data]).toEqual([
    [null, -2, 4],
    [null, 8, 6],
    [3, 5, 7],
  ]);
  expect([edge.stackStrategy, area.stackStrategy, line.stack]).toEqual(['all', 'all', undefined]);
  expect([edge.name, area.areaStyle.color]).toEqual(['通常范围', PALETTES[theme].bar]);
  expect([1, 0].map((day) => area.tooltip.valueFormatter(area.data[day], day))).toEqual(['-2 – 6', '–']);
});

it('says of how many only the first are drawn', () => {
  const rows = Array.from({ length: 20 }, (_, i) => ({ name: `event ${i}`, events: 20 - i }));
  expect(chartOf('eventNames', { rows })).toMatchObject({ shown: 12, of: 20 });
  expect(chartOf('eventNames', { rows: rows.slice(0, 12) }).of).toBe(undefined);
  const days = ['2026-09-01', '2026-09-02'];
  const parts = days.flatMap((period) => Array.from({ length: 9 }, (_, i) => ({ period, value: `part ${i}`, events: 1 })));
  const range = { from: days[0], to: days[1] };
  expect(chartOf('trend', { rows: parts, range, parameters: {} })).toMatchObject({ shown: 6, of: 9 });
});
