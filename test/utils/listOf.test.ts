import { expect, it } from 'vitest';
import { listOf } from '../../src/utils/listOf';

it.each([
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  ['a', ['a']],
  [undefined, []],
  [null, []],
  [false, []],
  ['', []],
  [['a', false, null, '', 'b'] as string[], ['a', 'b']],
])('listOf(%j) is %j', (given, list) => {
  expect(listOf(given)).toEqual(list);
});
