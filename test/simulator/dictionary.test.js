import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DICTIONARY } from '../../examples/simulator/page/dictionary.js';

/** The words of a union type, from its source. */
const wordsOf = (type) => {
  const [, union] = new RegExp(`export type ${type} =([^]*?);\\n`).exec(readFileSync('src/types/stats.ts', 'utf8'));
  return [...union.matchAll(/'(\w+)'/g)].map(([, word]) => word);
};

it.each([
  ['DropReason', 'drop'],
  ['DeliveryState', 'state'],
  ['DeliveryState', 'flush'],
])('the live page has words for each %s (%s.…), in both languages', (type, group) => {
  const words = wordsOf(type).sort();
  expect(words.length).toBeGreaterThan(5);
  for (const texts of Object.values(DICTIONARY)) {
    const keys = Object.keys(texts).filter((key) => key.startsWith(`${group}.`));
    expect(keys.map((key) => key.slice(group.length + 1)).sort()).toEqual(words);
  }
});
