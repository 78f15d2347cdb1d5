import { describe, expect, it } from 'vitest';
import { base64 } from '../../src/utils/base64';

describe('base64', () => {
  // As `base64` of coreutils has it.
  it.each([
    ['', ''],
    ['a', 'YQ=='],
    ['ab', 'YWI='],
    ['abc', 'YWJj'],
    ['abcd', 'YWJjZA=='],
    ['abcdef', 'YWJjZGVm'],
    ['user:pass', 'dXNlcjpwYXNz'],
    ['????>>>>', 'Pz8/Pz4+Pj4='],
    ['\u0000\u00ff\u00fb~', 'AP/7fg=='],
  ])('of %j is %s', (text, encoded) => {
    expect(base64(text)).toBe(encoded);
  });
});
