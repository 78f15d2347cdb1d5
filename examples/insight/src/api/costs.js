import { isDay } from '../analyses/days.js';
import { parseCsvLines } from './csv.js';

const COLUMNS = {
  day: ['day', 'date', '日期'],
  source_group: ['group', 'channel', 'source_group', '渠道', '渠道组'],
  source_campaign: ['campaign', 'utm_campaign', 'source_campaign', '活动', '计划'],
  amount: ['cost', 'amount', 'spend', '花费', '费用', '消耗', '成本'],
};

const MAX_COST = 1e12;
const dayOf = (text = '') =>
  text
    .trim()
    .replace(/^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/, (_, y, m, d) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`);
const costOf = (text = '') => Number(text.replace(/[¥￥,\s]/g, '') || Number.NaN);

/**
 * Costs from a file with a line of names, in English or Chinese: day, group, campaign, cost. CSV, or with tabs between, as
 * cells copied from a sheet are. Days may be written with slashes, as Excel does.
 *
 * @param {string} text
 * @returns {{ rows: { line: number, day: string, source_group: string, source_campaign: string, amount: number }[], problems: { line: number, problem: 'columns' | 'day' | 'cost' }[] }}
 *   `problems` names each line in which something is wrong; `columns`: the first line does not name day and cost.
 */
export const readCostLines = (text) => {
  const [first] = text.split('\n', 1);
  const [head, ...lines] = parseCsvLines(text, first.includes('\t') ? '\t' : ',');
  const names = (head?.cells ?? []).map((name) => name.trim().toLowerCase());
  const index = Object.fromEntries(
    Object.entries(COLUMNS).map(([column, known]) => [column, names.findIndex((name) => known.includes(name))]),
  );
  if (index.day < 0 || index.amount < 0) return { rows: [], problems: [{ line: head?.line ?? 1, problem: 'columns' }] };
  const rows = [];
  const problems = [];
  for (const { line, cells } of lines) {
    const day = dayOf(cells[index.day]);
    const amount = costOf(cells[index.amount]);
    const word = (column) => (index[column] < 0 ? '' : cells[index[column]]?.trim() || '');
    if (!isDay(day)) problems.push({ line, problem: 'day' });
    else if (!Number.isFinite(amount) || amount < 0 || amount > MAX_COST) problems.push({ line, problem: 'cost' });
    else
      rows.push({
        line,
        day,
        source_group: word('source_group'),
        source_campaign: word('source_campaign'),
        amount: Math.round(amount * 1e4) / 1e4,
      });
  }
  return { rows, problems };
};

/** The same, where all of it is to be taken or nothing: throws at the first line in which something is wrong. */
export const readCosts = (text) => {
  const { rows, problems } = readCostLines(text);
  if (problems.length) {
    const [{ line, problem }] = problems;
    if (problem === 'columns') throw new TypeError('the first line must name at least day and cost (日期, 花费)');
    throw new TypeError(`line ${line}: no ${problem}`);
  }
  return rows.map(({ line, ...row }) => row);
};

/** Brings the costs of the settings into the database, which does not outlive a rebuild. */
export const loadCosts = async (store, costs) => {
  await store.run(store.engine === 'clickhouse' ? 'TRUNCATE TABLE costs_rows' : 'DELETE FROM costs');
  if (costs.length) await store.insert('costs', costs);
};
