import { expect, it } from 'vitest';
import { findFaults } from '../../scripts/nesting.mjs';

const lines = (count) => Array(count).fill('x();').join('\n');

it.each([
  ['a function of 100 lines', `const f = () => {\n${lines(98)}\n};`, []],
  ['a function of 101 lines', `const f = () => {\n${lines(99)}\n};`, ['a.ts:1 f: 101 lines']],
  ['a method of 101 lines', `const o = {\n  m() {\n${lines(99)}\n  },\n};`, ['a.ts:2 m: 101 lines']],
  ['statements four deep', 'const f = () => { if (a) { for (;;) { try { b(); } finally {} } } };', []],
  [
    'statements five deep',
    'const f = () => { if (a) { for (;;) { try { (() => { b(); })(); } finally {} } } };',
    ['a.ts:1 nested 5 deep'],
  ],
  [
    'a chain of else if',
    'const f = () => { if (a) { b(); } else if (c) { d(); } else if (e) { f(); } else if (g) { h(); } };',
    [],
  ],
])('the rule on functions judges %s', (_, code, faults) => {
  expect(findFaults('a.ts', code)).toEqual(faults);
});
