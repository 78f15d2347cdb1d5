import { existsSync } from 'node:fs';
import { addDays, dayIn, isDay } from './analyses/days.js';
import { analysisOf } from './analyses/index.js';
import { runAnalysis } from './analyses/run.js';
import { linesOf } from './journal/linesOf.js';
import { loadLines } from './loader/loadLines.js';
import { openStore } from './store/store.js';

const USAGE = `npm run report -- [file.ndjson | http://host:port] [--from day] [--to day] [--zone zone] [--lang en|zh]

Prints the main tables. From a file: lines of the journal, or batches in the format json() as they were sent.
From a server: INSIGHT_TOKEN is its token. Without either: the server on http://127.0.0.1:8788.`;

const LINES_AT_ONCE = 2000;
const MAX_ROWS = 15;

/** The tables of the report, with the columns that fit beside one another. */
const TABLES = [
  ['overview', {}, null],
  ['trend', { step: { event: 'order_paid' }, number: 'amount' }, ['period', 'events', 'people', 'total', 'median']],
  ['channels', {}, ['value', 'new_people', 'visits', 'orders', 'buyers', 'revenue', 'cost', 'roi']],
  ['funnel', {}, ['step', 'reached', 'from_first', 'from_last', 'median_ms']],
  ['retention', { periods: 7 }, null],
  ['products', { top: MAX_ROWS }, ['product_id', 'viewed', 'carted', 'bought', 'pieces', 'revenue', 'view_to_buy']],
  ['sharers', { top: MAX_ROWS }, ['sharer', 'cards', 'opens', 'people', 'new_people', 'orders', 'revenue', 'chain_revenue']],
  ['rfm', {}, ['rfm_class', 'people', 'orders', 'revenue', 'share']],
  ['bestHour', {}, ['weekday', 'hour', 'active', 'orders', 'rate']],
  ['audit', {}, ['day', 'launches', 'accepted', 'arrived', 'missing', 'unexplained']],
];

const readArguments = (argv) => {
  const options = { source: 'http://127.0.0.1:8788', lang: 'en', zone: 'Asia/Shanghai' };
  for (let i = 0; i < argv.length; i++) {
    const [, name] = /^--(from|to|zone|lang)$/.exec(argv[i]) || [];
    if (name) options[name] = argv[++i];
    else if (argv[i] === '--help') throw Object.assign(new Error(USAGE), { isUsage: true });
    else if (argv[i].startsWith('-')) throw new Error(`unknown option ${argv[i]}\n\n${USAGE}`);
    else options.source = argv[i];
  }
  for (const name of ['from', 'to'])
    if (options[name] && !isDay(options[name])) throw new Error(`--${name} is no day such as 2026-11-26`);
  if (!['en', 'zh'].includes(options.lang)) throw new Error('--lang is en or zh');
  return options;
};

/** A batch as it was sent becomes a line of the journal: it arrived when it was sent. */
const toJournalLine = (text, number) => {
  let line;
  try {
    line = JSON.parse(text);
  } catch {
    throw new Error(`line ${number} is no JSON`);
  }
  if (line.body) return text;
  if (!Array.isArray(line.batch))
    throw new Error(`line ${number} is neither a batch of the format json() nor a line of a journal`);
  return JSON.stringify({ received_at: line.sent_at, key: '', rejected: 0, body: line });
};

const loadFile = async (store, path) => {
  let lines = [];
  let number = 0;
  for await (const text of linesOf(path)) {
    number += 1;
    if (text.trim()) lines.push(toJournalLine(text, number));
    if (lines.length < LINES_AT_ONCE) continue;
    await loadLines(store, lines);
    lines = [];
  }
  if (lines.length) await loadLines(store, lines);
};

/** Asks a store in memory that a file was loaded into. The range ends with the last event, not today. */
const askFile = async ({ source, zone }) => {
  const store = await openStore({ url: ':memory:', timeZone: zone });
  await loadFile(store, source);
  const [{ last }] = await store.query('SELECT max(day) AS last FROM events');
  const today = addDays(last ?? dayIn(zone, Date.now()), 1);
  const ask = async (id, given) => (await runAnalysis(store, analysisOf(id), { to: last, ...given }, { today })).rows;
  return { ask, close: () => store.close() };
};

const askServer = ({ source }) => ({
  ask: async (id, given) => {
    const response = await fetch(new URL(`/api/analyses/${id}`, source), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(process.env.INSIGHT_TOKEN ? { authorization: `Bearer ${process.env.INSIGHT_TOKEN}` } : {}),
      },
      body: JSON.stringify(given),
    });
    const body = await response.json();
    if (!response.ok) throw new Error(`${source} answered ${response.status}: ${body.error}`);
    return body.rows;
  },
  close: () => {},
});

/** Letters of Chinese take two places in a terminal. */
const width = (text) => [...text].reduce((sum, letter) => sum + (/[\u1100-\u115f\u2e80-\uffdc]/.test(letter) ? 2 : 1), 0);
const shown = (value) => {
  if (value === null || value === undefined || value === '') return '-';
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Math.round(value * 1e4) / 1e4);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Rows as a table of text; lists that the shape of an analysis made become rows again. */
export const formatTable = (rows, columns) => {
  const names = columns || [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [names, ...rows.map((row) => names.map((name) => shown(row[name])))];
  const widths = names.map((_, i) => Math.max(...lines.map((line) => width(line[i]))));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell + ' '.repeat(widths[i] - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const toRows = (id, rows) => {
  if (id === 'overview') return Object.entries(rows[0] || {}).map(([name, value]) => ({ name, value }));
  if (id === 'retention')
    return rows.cohorts.map(({ cohort, size, cells }) => ({
      cohort,
      size,
      ...Object.fromEntries(cells.map(({ n, people }) => [`+${n}`, people])),
    }));
  if (id === 'bestHour') return [...rows].sort((a, b) => b.rate - a.rate || a.weekday - b.weekday || a.hour - b.hour);
  return rows;
};

/** `npm run report`: the main tables of a running server or of a file, as text. */
export const report = async (argv, print) => {
  const options = readArguments(argv);
  const isFile = !/^https?:\/\//.test(options.source);
  if (isFile && !existsSync(options.source)) throw new Error(`no such file: ${options.source}\n\n${USAGE}`);
  const { ask, close } = isFile ? await askFile(options) : askServer(options);
  const range = Object.fromEntries(['from', 'to'].filter((name) => options[name]).map((name) => [name, options[name]]));
  try {
    for (const [id, given, columns] of TABLES) {
      const rows = toRows(id, await ask(id, { ...given, ...range }));
      print(`\n${analysisOf(id).title[options.lang]}\n${'─'.repeat(width(analysisOf(id).title[options.lang]))}`);
      print(rows.length ? formatTable(rows.slice(0, MAX_ROWS), columns) : '-');
    }
  } finally {
    await close();
  }
};

if (process.argv[1] === new URL(import.meta.url).pathname) {
  report(process.argv.slice(2), (text) => console.log(text)).catch((error) => {
    console.error(error.isUsage ? error.message : `report: ${error.message}`);
    process.exitCode = error.isUsage ? 0 : 1;
  });
}
