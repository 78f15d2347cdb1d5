/** Of fewer visits than these a rate is chance. */
export const FEW = 10;

/**
 * The rows of `bestHour` as lines of a week: each hour somebody came in, with a cell for each weekday from Monday on, and how
 * full its colour is (`part`, 0 to 1) beside the best of a column. `undefined` where nobody came.
 */
export const hourLines = (rows, column) => {
  const isTold = (row) => column !== 'rate' || row.active >= FEW;
  const most = Math.max(0, ...rows.filter(isTold).map((row) => row[column] ?? 0));
  const cellOf = (row) => row && { row, value: row[column], part: isTold(row) && most > 0 ? row[column] / most : 0 };
  const byHour = new Map();
  for (const row of rows) byHour.set(row.hour, [...(byHour.get(row.hour) ?? []), row]);
  return [...byHour.keys()]
    .sort((a, b) => a - b)
    .map((hour) => ({
      hour,
      cells: Array.from({ length: 7 }, (_, weekday) => cellOf(byHour.get(hour).find((row) => row.weekday === weekday))),
    }));
};
