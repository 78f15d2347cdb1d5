/** Numbers of many digits differ in the last, by the order in which they were added up. */
export const round = (value) => {
  if (typeof value === 'number') return Number(value.toPrecision(9));
  if (Array.isArray(value)) return value.map(round);
  return value && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, round(each)]))
    : value;
};
