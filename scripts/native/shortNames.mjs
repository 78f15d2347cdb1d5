// One short name for each private one, the same in every file, and none that stands anywhere in the code.

const FIRST = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$';

function* shortNames() {
  for (const first of FIRST) yield first;
  for (const first of FIRST) for (const second of FIRST) yield first + second;
}

/** `{ settled: 'b', … }`: the most frequent of `names` in `code` get the shortest. */
export const shorten = (names, code) => {
  const counts = new Map(names.map((name) => [name, 0]));
  const taken = new Set();
  for (const [word] of code.matchAll(/[\w$]+/g)) {
    if (counts.has(word)) counts.set(word, counts.get(word) + 1);
    taken.add(word);
  }
  const free = [...shortNames()].filter((name) => !taken.has(name));
  if (free.length < names.length) throw new Error('more private names than short ones');
  const byCount = [...names].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
  return Object.fromEntries(byCount.map((name, place) => [name, free[place]]));
};
