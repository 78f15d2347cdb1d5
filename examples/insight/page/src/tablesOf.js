const isRows = (value) => Array.isArray(value) && value.every((row) => row && typeof row === 'object' && !Array.isArray(row));

/** A list within a row, as the periods of a cohort, becomes columns of its own. */
const flatRow = (row) =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      isRows(value)
        ? value.map((cell, i) => [`${name} ${cell.n ?? i + 1}`, 'rate' in cell ? cell.rate : JSON.stringify(cell)])
        : [[name, value !== null && typeof value === 'object' ? JSON.stringify(value) : value]],
    ),
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
