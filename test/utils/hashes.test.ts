import { expect, it } from 'vitest';
import { checksum } from '../../src/utils/checksum';
import { hashUnit } from '../../src/utils/hashUnit';

// What is stored on a phone, or decided of a visitor, must be the same in the next release: these are not to change.
it.each([
  ['', 0.6689221884589642],
  ['coupon:0123456789abcdef0123456789abcdef', 0.7481226236559451],
  ['优惠券:é', 0.2887462100479752],
])('hashUnit(%j) stays what it is: a visitor keeps the variant', (text, expected) => {
  expect(hashUnit(text)).toBe(expected);
});

it.each([
  ['', 6, '000007'],
  ['utm_campaign=spring', 6, 'g4b6ax'],
  ['优惠券', 4, 'wf8q'],
])('checksum(%j, %i) stays what it is: a source that is stored is the same source', (text, length, expected) => {
  expect(checksum(text, length)).toBe(expected);
});
