const MAX_ROWS = 200;

/** One event has one launch and one number in it. */
const keyOf = ({ anonymous_id: id, boot, seq }) => `${id} ${boot} ${seq}`;

/** The rows with those of a load that are not among them yet, the newest first; the oldest go. */
export const withNewest = (rows, newest) => {
  const known = new Set(rows.map(keyOf));
  return [...newest.filter((row) => !known.has(keyOf(row))), ...rows].sort((a, b) => b.t - a.t).slice(0, MAX_ROWS);
};
