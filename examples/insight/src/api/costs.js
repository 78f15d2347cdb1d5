import { isDay } from '../analyses/days.js';
import { parseCsv } from './csv.js';

const COLUMNS = {
  day: ['day', 'date', '日期'],
  source_group: ['group', 'channel', 'source_group', '渠道', '渠道组'],
  source_campaign: ['campaign', 'utm_campaign', 'source_campaign', '活动', '计划'],
  amount: ['cost', 'amount', 'spend', '花费', '费用', '消耗', '成本'],
};

/**
 * Costs from a CSV file with a line of names, in English or Chinese: day, group, campaign, cost. Days may be written with
 * slashes, as Excel does. Names the line where something is wrong.
 */
export const readCosts = (text) => {
  const [head = [], ...lines] = parseCsv(text);
  const names = head.map((name) => name.trim().toLowerCase());
  const index = Object.fromEntries(
    Object.entries(COLUMNS).map(([column, known]) => [column, names.findIndex((name) => known.includes(name))]),
  );
  if (index.day < 0 || index.amount < 0) throw new TypeError('the first line must name at least day and cost (日期, 花费)');
  return lines.map((line, i) => {
    const day = line[index.day]
      ?.trim()
      .replace(/^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/, (_, y, m, d) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`);
    const amount = Number(line[index.amount]?.trim().replace(/[¥￥,\s]/g, '') || Number.NaN);
    if (!isDay(day)) throw new TypeError(`line ${i + 2}: no day`);
    if (!Number.isFinite(amount) || amount < 0 || amount > 1e12) throw new TypeError(`line ${i + 2}: no cost`);
    const text = (column) => (index[column] < 0 ? '' : line[index[column]]?.trim() || '');
    return {
      day,
      source_group: text('source_group'),
      source_campaign: text('source_campaign'),
      amount: Math.round(amount * 1e4) / 1e4,
    };
  });
};

/** Brings the costs of the settings into the database, which does not outlive a rebuild. */
export const loadCosts = async (store, costs) => {
  await store.run(store.engine === 'clickhouse' ? 'TRUNCATE TABLE costs_rows' : 'DELETE FROM costs');
  if (costs.length) await store.insert('costs', costs);
};
