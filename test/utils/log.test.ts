import { expect, it, vi } from 'vitest';
import { BAD_DEBUG, BAD_NAME } from '../../src/codes';
import { createLog } from '../../src/utils/log';

const consoleWarn = () => vi.spyOn(console, 'warn').mockImplementation(() => undefined).mock.calls;

it('warns once for each code and subject, with the value where there is one', () => {
  const calls = consoleWarn();
  const { warn } = createLog();
  for (let i = 0; i < 2; i++) {
    warn(BAD_NAME);
    warn(BAD_NAME, 'a');
    warn(BAD_NAME, 'b', { c: i });
  }
  expect(calls).toEqual([
    ['[minitrail] E10 ', ''],
    ['[minitrail] E10 a', ''],
    ['[minitrail] E10 b', { c: 0 }],
  ]);
});

it('says in words what a debug explains', () => {
  const calls = consoleWarn();
  const explain = (code: number, subject?: string): string => `${code} is of ${subject}`;
  createLog({ explain, note: () => undefined }).warn(BAD_NAME, 'a', 5);
  expect(calls).toEqual([['[minitrail] E10 a: 10 is of a', 5]]);
});

it('names a debug that is none, and is silent of none', () => {
  const calls = consoleWarn();
  for (const debug of [true, {}, { note() {} }]) createLog(debug as never);
  expect(calls).toEqual(Array.from({ length: 3 }, () => [`[minitrail] E${BAD_DEBUG} `, '']));
  calls.length = 0;
  createLog();
  createLog({ explain: () => '', note() {} });
  expect(calls).toEqual([]);
});

it('answers nothing for what throws, which it names', () => {
  const calls = consoleWarn();
  const { guard } = createLog();
  expect(guard('here', () => 5)).toBe(5);
  const error = new Error('no');
  const run = (): never => {
    throw error;
  };
  expect(guard('there', run)).toBeUndefined();
  expect(calls).toEqual([['[minitrail] E1 there', error]]);
});
