import { afterEach, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { ask } from '../src/ask.js';
import { changeOf } from '../src/change.js';
import { chartOption } from '../src/chartOption.js';
import { chartOf } from '../src/charts.js';
import { headingsOf, readColumns, writtenAs } from '../src/columns.js';
import { format } from '../src/format.js';
import { PALETTES, SERIES } from '../src/palette.js';
import { localeOf } from '../src/reader.js';
import { shade } from '../src/shade.js';
import { tablesOf } from '../src/tablesOf.js';
import { TEXTS } from '../src/texts.js';
import { fromHash, readCell, toHash, toPeople } from '../src/urlState.js';
import { useAnswer } from '../src/useAnswer.js';

afterEach(() => vi.unstubAllGlobals());

const light = (color) => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

it.each(Object.entries(PALETTES))('reads well in %s', (theme, colors) => {
  for (const text of ['text', 'quiet', 'accent', 'bad'])
    for (const ground of ['ground', 'card'])
      expect(contrast(colors[text], colors[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  for (const ground of ['bar', 'growing']) expect(contrast(colors.text, colors[ground])).toBeGreaterThanOrEqual(4.5);
  for (const series of SERIES[theme])
    for (const ground of ['card', 'growing'])
      expect(contrast(series, colors[ground]), `${series} on ${ground}`).toBeGreaterThanOrEqual(3);
  for (const ground of ['ground', 'card']) expect(contrast(colors.line, colors[ground])).toBeGreaterThanOrEqual(3);
});

const channel = (color, i) => Number.parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16);
/** What a browser makes of `shade`: each channel mixed by itself. */
const mixed = (rate, { bar, card }) => {
  const part = Number(/(\d+)%/.exec(shade(rate))[1]) / 100;
  const hex = (i) =>
    Math.round(channel(bar, i) * part + channel(card, i) * (1 - part))
      .toString(16)
      .padStart(2, '0');
  return `#${[0, 1, 2].map(hex).join('')}`;
};

it.each(Object.entries(PALETTES))('reads well on every shade of a matrix in %s', (_theme, colors) => {
  for (let rate = -0.1; rate <= 1.1; rate += 0.05)
    expect(contrast(colors.text, mixed(rate, colors))).toBeGreaterThanOrEqual(4.5);
  expect(mixed(0, colors)).toBe(colors.card);
  expect(mixed(1, colors)).toBe(colors.bar);
});

it('keeps a question in the address', () => {
  const params = { from: '2026-09-03', steps: '[{"event":"a&b=c#d"},{"event":"支付"}]' };
  expect(fromHash(toHash('funnel', params))).toEqual({ id: 'funnel', params });
  expect(toHash('funnel', { from: '', by: undefined })).toBe('#/funnel');
  expect(fromHash('')).toEqual({ id: 'overview', params: {} });
});

it('leads from a cell to its people and back, and takes an address that somebody typed', () => {
  const { id, params } = fromHash(toPeople('retention', { from: '2026-09-03' }, { cohort: '2026-09-03', n: 1 }));
  expect([id, params.analysis, params.from, readCell(params.cell)]).toEqual([
    'people',
    'retention',
    '2026-09-03',
    [
      ['cohort', '2026-09-03'],
      ['n', 1],
    ],
  ]);
  expect(toPeople('overview', {}, undefined)).toBeUndefined();
  for (const typed of ['{', 'null', '', undefined]) expect(readCell(typed)).toEqual([]);
});

it('says the same in both languages', () => {
  expect(Object.keys(TEXTS.zh)).toEqual(Object.keys(TEXTS.en));
});

const respond = (status, body) => vi.stubGlobal('fetch', async () => new Response(body, { status }));

it.each([
  ['from: is after `to`', 400, '{"field":"from","error":"from: is after `to`"}'],
  ['sql: is no SQL', 400, '{"field":"sql","error":"is no SQL"}'],
  ['the server failed', 500, '{"error":"the server failed"}'],
  ['502', 502, '<html>Bad Gateway</html>'],
])('says of a refusal what is wrong, naming the field once: %s', async (message, status, body) => {
  respond(status, body);
  await expect(ask('/api/x')).rejects.toMatchObject({ message, status });
});

it('lets a late answer to an earlier question go, and a late refusal', async () => {
  const waiting = new Map();
  vi.stubGlobal('fetch', (url) => new Promise((resolve) => waiting.set(url, resolve)));
  const url = ref('/a');
  const { answer, failure } = useAnswer(url);
  for (const next of ['/b', '/c']) {
    url.value = next;
    await nextTick();
  }
  waiting.get('/c')(new Response('{"of":"c"}'));
  await vi.waitFor(() => expect(answer.value).toEqual({ of: 'c' }));
  waiting.get('/a')(new Response('{"of":"a"}'));
  waiting.get('/b')(new Response('{"error":"late"}', { status: 400 }));
  await new Promise((resolve) => setTimeout(resolve));
  expect([answer.value, failure.value]).toEqual([{ of: 'c' }, undefined]);
});

it('asks once more after a failure', async () => {
  respond(500, '{"error":"the server failed"}');
  const { answer, failure } = useAnswer(ref('/a'));
  await vi.waitFor(() => expect(failure.value?.message).toBe('the server failed'));
  respond(200, '{"of":"a"}');
  await failure.value.again();
  expect([answer.value, failure.value]).toEqual([{ of: 'a' }, undefined]);
});

it('makes tables of rows, of lists beside them and of the periods of a cohort', () => {
  const cohort = {
    cohort: '2026-09-03',
    size: 4,
    cells: [
      { n: 0, people: 4, rate: 1 },
      { n: 1, people: null, rate: null },
    ],
  };
  expect(tablesOf({ rows: [cohort] })[0].rows).toEqual([{ cohort: '2026-09-03', size: 4, 'cells 0': 1, 'cells 1': null }]);
  expect(tablesOf({ rows: { days: 2, list: [{ a: 1 }] } }).map(({ rows }) => rows)).toEqual([[{ days: 2 }], [{ a: 1 }]]);
});

it('shows money, rates, times and days as the reader writes them', () => {
  expect(format('revenue', 1234.5, 'en')).toBe('¥1,234.50');
  expect(format('conversion', 0.1234, 'zh-CN')).toBe('12.3%');
  expect(format('median_ms', 90_000, 'en')).toBe('1.5 min');
  expect(format('day', '2026-09-03', 'zh-CN')).toBe('2026年9月3日');
  expect(format('state', 'dormant', 'zh-CN')).toBe('沉默');
  expect(format('name', 'dormant', 'zh-CN')).toBe('dormant');
  expect(format('shared_at', Date.parse('2026-09-02T16:30:00Z'), 'zh-CN', 'Asia/Shanghai')).toContain('2026/9/3');
  expect(format('t', Date.parse('2026-09-02T16:30:05Z'), 'en-US', 'Asia/Shanghai')).toBe('Sep 3, 2026, 00:30:05');
  expect(format('weekday', 0, 'en')).toBe('Mon');
  expect(format('roi', null, 'en')).toBe('–');
  for (const column of ['amount', 'refunded', 'net']) expect(format(column, 2899, 'en')).toBe('¥2,899.00');
  expect(format('last_t', Date.parse('2026-09-02T16:30:00Z'), 'zh-CN', 'Asia/Shanghai')).toContain('2026/9/3');
  expect(format('converted', 1, 'en')).toBe('Yes');
  expect(format('conversions', 67, 'en')).toBe('67');
});

it("takes the visitor's own country for numbers and days, where it is one of the language", () => {
  expect(localeOf('en', ['zh-CN', 'en-IN'])).toBe('en-IN');
  expect(localeOf('en', ['zh-CN'])).toBe('en-GB');
  expect(localeOf('en', ['en-US@posix'])).toBe('en-GB');
  expect(localeOf('zh', ['en-US'])).toBe('zh-CN');
});

it('shows as it is what only looks like a day or a time', () => {
  expect(format('value', '2026-99-99', 'en')).toBe('2026-99-99');
  expect(format('shared_at', 1e300, 'en')).toMatch(/^1,000/);
  expect(format('weekday', 1e300, 'en')).toMatch(/^1,000/);
});

it('tells how a number moved: in percent, a rate in points, nothing against nothing', () => {
  const words = { locale: 'en', points: 'pts' };
  expect(changeOf('orders', 12, 10, words)).toEqual({ sign: 1, text: '+20%' });
  expect(changeOf('conversion', 0.2, 0.25, words)).toEqual({ sign: -1, text: '-5 pts' });
  expect(changeOf('conversion', 0.2, 0.2004, words)).toEqual({ sign: 0, text: '0 pts' });
  expect(changeOf('revenue', 10_001, 10_000, words)).toEqual({ sign: 0, text: '0%' });
  expect(changeOf('orders', 12, 0, words)).toBeUndefined();
  expect(changeOf('average_order', 5, null, words)).toBeUndefined();
});

const RANGE = { from: '2026-09-01', to: '2026-09-04' };

it('draws a day without a row as 0, not as if it had not been', () => {
  const rows = [
    { period: '2026-09-01', state: 'new', people: 3 },
    { period: '2026-09-04', state: 'new', people: 1 },
    { period: '2026-09-04', state: 'returning', people: 2 },
  ];
  const chart = chartOf('lifecycle', { rows, range: RANGE, parameters: { interval: 'day' } });
  expect(chart.names).toEqual(['2026-09-01', '2026-09-02', '2026-09-03', '2026-09-04']);
  expect(chart.series.map(({ part, values }) => [part, values])).toEqual([
    ['new', [3, 0, 0, 1]],
    ['returning', [0, 0, 0, 2]],
  ]);
  expect(chartOf('lifecycle', { rows: rows.slice(0, 1), range: RANGE })).toBeUndefined();
});

it('leaves out a series of which nothing is known, and marks the days that may still grow', () => {
  const costs = [
    { value: 'search', revenue: 5, cost: null },
    { value: 'ad', revenue: 2, cost: null },
  ];
  expect(chartOf('channels', { rows: costs, range: RANGE }).series.map(({ column }) => column)).toEqual(['revenue']);
  const rows = [
    { day: '2026-09-01', dau: 1, wau: 1, mau: 1 },
    { day: '2026-09-04', dau: 2, wau: 2, mau: 2 },
  ];
  const given = { theme: 'light', locale: 'en', timeZone: 'Asia/Shanghai', growingFrom: '2026-09-03' };
  const option = chartOption(chartOf('stickiness', { rows, range: RANGE }), given);
  const { growing } = PALETTES.light;
  expect(option.xAxis.splitArea.areaStyle.color).toEqual(['transparent', 'transparent', growing, growing]);
});

it.each([
  ['of one day', [1]],
  ['between gaps', [1, null, 2, null, 3, 4]],
])('marks the points of a line %s, which no line would show', (_where, values) => {
  const names = values.map((_, i) => `2026-09-0${i + 1}`);
  const chart = { x: 'day', kind: 'line', names, series: [{ column: 'k', values }] };
  const shown = (line) =>
    chartOption({ ...chart, series: [{ column: 'k', values: line }] }, { theme: 'light', locale: 'en' }).series[0].showSymbol;
  expect(shown(values)).toBe(true);
  expect(shown([1, 2, null, 3, 4])).toBe(false);
});

it.each(Object.keys(PALETTES))('takes every colour of a chart from the palette in %s', (theme) => {
  const chart = { x: 'day', kind: 'line', names: ['2026-09-01', '2026-09-02'], series: [{ column: 'k', values: [1, 2] }] };
  const { legend, xAxis, yAxis, tooltip } = chartOption(chart, { theme, locale: 'en', growingFrom: '2026-09-02' });
  const { quiet, text, line } = PALETTES[theme];
  for (const each of [legend.textStyle, legend.pageTextStyle, xAxis.axisLabel, yAxis.axisLabel]) expect(each.color).toBe(quiet);
  expect([tooltip.textStyle.color, legend.pageIconColor, legend.pageIconInactiveColor]).toEqual([text, quiet, line]);
});

it('shows what is within a row in columns of its own, as what it is', () => {
  const value = { n: 1, revenue: 60, value: 20 };
  const difference = { difference: 0.021, low: -0.01, high: 0.05, p: 0.0312 };
  const [variants] = tablesOf({
    rows: [{ cohort: '2026-09-03', cells: [value], rate_difference: difference, label: { en: 'Key', zh: '重要' } }],
  });
  expect(variants.columns).toEqual([
    'cohort',
    'value 1',
    'rate_difference.difference',
    'rate_difference.low',
    'rate_difference.high',
    'rate_difference.p',
    'label',
  ]);
  const [row] = variants.rows;
  expect(variants.columns.map((column) => format(column, row[column], 'zh-CN'))).toEqual([
    '2026年9月3日',
    '¥20.00',
    '2.1%',
    '-1%',
    '5%',
    '0.0312',
    '重要',
  ]);
  expect(format('element', '{"product":"tea","position":2}', 'en')).toBe('product: tea · position: 2');
  expect(format('element', 'buy', 'en')).toBe('buy');
  expect([format('hour', 7, 'en'), format('reason', 'leaving', 'zh-CN')]).toEqual(['07:00', '久未下单']);
});

it('lays bars of things, so that each has its name, and lets those of days stand', () => {
  const rows = [
    { name: 'a', events: 2 },
    { name: 'b', events: 1 },
  ];
  const given = { theme: 'light', locale: 'en' };
  const lying = chartOption(chartOf('eventNames', { rows }), given);
  expect([lying.yAxis.type, lying.yAxis.data, lying.xAxis.type]).toEqual(['category', ['a', 'b'], 'value']);
  const days = [
    { period: '2026-09-01', state: 'new', people: 3 },
    { period: '2026-09-04', state: 'new', people: 1 },
  ];
  expect(chartOption(chartOf('lifecycle', { rows: days, range: RANGE }), given).xAxis.type).toBe('category');
});

it('draws the rare values of a split as one line, beside those that told none', () => {
  const row = (value, other, events) => ({ period: '2026-09-01', value, other, events });
  const rows = [row('alipay', 0, 5), row('', 0, 2), row('', 1, 3), { ...row('alipay', 0, 1), period: '2026-09-02' }];
  const answer = { analysis: 'trend', rows, range: RANGE, parameters: { interval: 'day', by: 'platform' } };
  const { series } = chartOption(chartOf('trend', answer), { theme: 'light', locale: 'en' });
  expect(series.map(({ name, data }) => [name, data[0]])).toEqual([
    ['Alipay', 5],
    ['–', 2],
    ['Others', 3],
  ]);
});

it('leaves out of the links what came by none', () => {
  const rows = ['', 'sz-01', 'sz-02'].map((value, i) => ({ value, revenue: 9 - i, cost: null }));
  expect(chartOf('links', { rows, range: RANGE }).names).toEqual(['sz-01', 'sz-02']);
});

it('writes what a report is split by in words, under the name of the split', () => {
  const answer = { analysis: 'channels', parameters: { by: 'group' } };
  expect(headingsOf(answer, 'zh')).toEqual({ value: '渠道组' });
  expect(format(writtenAs(answer).value, 'chat_share', 'zh-CN')).toBe('聊天分享');
  expect(format(writtenAs(answer).value, '', 'en')).toBe('Not told');
  expect(format(writtenAs(answer).value, 'a group of their own', 'en')).toBe('a group of their own');
  expect(writtenAs({ parameters: { by: 'properties.price' } })).toEqual({});
  expect(headingsOf({ parameters: { by: 'properties.price' } }, 'en')).toEqual({ value: 'properties.price' });
});

it('begins a row with what it is', () => {
  const columns = ['bucket', 'people', 'from', 'below'];
  expect(readColumns({ columns, rows: [{}, {}] })).toEqual(['from', 'below', 'people']);
  expect(readColumns({ columns: ['rfm_class', 'people', 'label'], rows: [{}] })).toEqual(['label', 'rfm_class', 'people']);
  const split = ['period', 'other', 'value', 'events'];
  expect(readColumns({ columns: split, rows: [{ other: 0 }] })).toEqual(['period', 'value', 'events']);
  expect(readColumns({ columns: split, rows: [{ other: 0 }, { other: 1 }] })).toEqual(split);
});
