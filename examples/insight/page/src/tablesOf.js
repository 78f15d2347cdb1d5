const isRows = (value) => Array.isArray(value) && value.every((row) => row && typeof row === 'object' && !Array.isArray(row));

/** Of a period of a cohort the rate, or what it is worth. */
const cellOf = (name, cell, i) => {
  const n = cell.n ?? i + 1;
  return 'value' in cell ? [`value ${n}`, cell.value] : [`${name} ${n}`, 'rate' in cell ? cell.rate : JSON.stringify(cell)];
};

/** What is within a row, as the periods of a cohort, becomes columns of its own. */
const flatRow = (row) =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => {
      if (isRows(value)) return value.map((cell, i) => cellOf(name, cell, i));
      // A text in both languages is one value.
      if (value === null || typeof value !== 'object' || 'zh' in value) return [[name, value]];
      if (Array.isArray(value)) return [[name, value.join(' · ')]];
      return Object.entries(value).map(([key, inner]) => [`${name}.${key}`, inner]);
    }),
  );

const table = (name, rows) => {
  const flat = rows.map(flatRow);
  return { name, rows: flat, columns: [...new Set(flat.flatMap(Object.keys))] };
};

/** Whatever an analysis answers, as tables: its rows, each list beside them, and single numbers as one row. */
export const tablesOf = ({ rows, more = {} }) => {
  const parts = Array.isArray(rows) ? { '': rows } : rows;
  const all = Object.entries({ ...parts, ...more });
  const single = Object.fromEntries(all.filter(([, value]) => !Array.isArray(value)));
  const lists = all.filter(([, value]) => isRows(value)).map(([name, value]) => table(name, value));
  return Object.keys(single).length ? [table('', [single]), ...lists] : lists;
};
