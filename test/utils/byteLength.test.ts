import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { byteLength } from '../../src/utils/byteLength';

describe('byteLength', () => {
  it.each([
    '',
    'plain ~',
    'a\tb\nc',
    '\u007f',
    '\u0080',
    '\u07ff',
    '\u0800',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '😀',
    '\u{10000}',
    '\u{10ffff}',
    'a生日é😀 快乐\u007f!',
  ])('of %j is what its UTF-8 takes', (text) => {
    expect(byteLength(text)).toBe(strToU8(text).length);
  });
});
