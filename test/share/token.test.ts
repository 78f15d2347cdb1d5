import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createShare, formatToken, isOwnShare, parseToken, type ShareToken } from '../../src/share/token';

// What WeChat takes as the `scene` of a QR code.
// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html
const SCENE = /^[\w!#$&'()*+,/:;=?@.~-]{1,32}$/;

const visitors = fc.stringMatching(/^[0-9a-f]{32}$/);
const lengths = fc.integer({ min: 1, max: 40 });
/** The last share of a chain in which each visitor was brought by the one before. */
const chains = fc.tuple(fc.array(visitors, { minLength: 1, maxLength: 5 }), lengths).map(([names, length]) => {
  let share = createShare(names[0] as string);
  for (let i = 1; i < length; i++) share = createShare(names[i % names.length] as string, share);
  return share;
});
const tokenOf = ({ id, root, depth }: ShareToken): ShareToken => ({ id, root, depth });

describe('formatToken', () => {
  it('is read back by parseToken', () => {
    fc.assert(
      fc.property(chains, (share) => {
        expect(parseToken(formatToken(share))).toEqual(tokenOf(share));
      }),
    );
  });

  it('fits into the scene of a QR code, and does not change when that is encoded', () => {
    fc.assert(
      fc.property(chains, (share) => {
        const token = formatToken(share);
        expect(token).toMatch(SCENE);
        expect(token).toHaveLength(30);
        expect(encodeURIComponent(token)).toBe(token);
      }),
    );
  });
});

describe('parseToken', () => {
  it('refuses a token with one character changed', () => {
    fc.assert(
      fc.property(
        chains,
        fc.nat(29),
        fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzABZ_.-%= 你'),
        (share, at, character) => {
          const token = formatToken(share);
          fc.pre(token[at] !== character);
          expect(parseToken(token.slice(0, at) + character + token.slice(at + 1))).toBeUndefined();
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('refuses every single change of one token', () => {
    const token = formatToken(createShare('f'.repeat(32)));
    for (let at = 0; at < token.length; at++) {
      for (const character of '0123456789abcdefghijklmnopqrstuvwxyz_') {
        if (character === token[at]) continue;
        expect(parseToken(token.slice(0, at) + character + token.slice(at + 1))).toBeUndefined();
      }
    }
  });

  it('refuses a token with a character dropped, doubled, or two swapped, and one in capitals', () => {
    fc.assert(
      fc.property(chains, fc.nat(28), (share, at) => {
        const token = formatToken(share);
        const [one = '', two = ''] = token.slice(at);
        const damaged = [
          token.slice(0, at) + token.slice(at + 1),
          token.slice(0, at) + one + token.slice(at),
          token.slice(0, at) + two + one + token.slice(at + 2),
          token.slice(0, at),
          token.toUpperCase(),
          ` ${token}`,
          `${token}\n`,
        ];
        for (const text of damaged) if (text !== token) expect(parseToken(text)).toBeUndefined();
      }),
    );
  });

  it('refuses a depth that does not go with the root, however well it is signed', () => {
    const { id } = createShare('visitor');
    const { id: root } = createShare('another');
    const forged = [
      { id, root, depth: 1 },
      { id, root: id, depth: 2 },
      { id, root: id, depth: 0 },
      { id, root, depth: 0 },
    ];
    for (const token of forged) expect(parseToken(formatToken(token))).toBeUndefined();
    expect(parseToken(formatToken({ id, root, depth: 2 }))).toEqual({ id, root, depth: 2 });
  });

  it('takes anything and never throws', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true }), (value) => {
        expect(parseToken(value)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
    for (const value of [Symbol('mt'), () => 'mt', { toString: () => formatToken(createShare('v')) }]) {
      expect(parseToken(value)).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseToken(`mt.${text}`)).toBeUndefined();
      }),
    );
  });
});

describe('createShare', () => {
  it('starts a chain at itself, and keeps root and parent in a longer one', () => {
    const first = createShare('a');
    const second = createShare('b', first);
    const third = createShare('a', second);
    expect(first).toEqual({ id: first.id, root: first.id, depth: 1, parent: undefined });
    expect(second).toEqual({ id: second.id, root: first.id, depth: 2, parent: first.id });
    expect(third).toEqual({ id: third.id, root: first.id, depth: 3, parent: second.id });
  });

  it('stays at the largest depth that a token can carry', () => {
    const deep = createShare('a', { id: '0123456789', root: 'abcdefghij', depth: 1294 });
    const deeper = createShare('b', deep);
    expect([deep.depth, deeper.depth]).toEqual([1295, 1295]);
    expect(parseToken(formatToken(deeper))).toEqual(tokenOf(deeper));
  });

  it('gives each share another id', () => {
    // One visitor shares 20 times: the start of an id has two billion values.
    const ids = Array.from({ length: 20_000 }, (_, i) => createShare(`visitor ${i % 1000}`).id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('isOwnShare', () => {
  it('knows the shares of a visitor, and no other', () => {
    // Four digits of 36: one pair in 1.7 million agrees by chance, two in a thousand do not.
    let taken = 0;
    fc.assert(
      fc.property(visitors, visitors, (one, other) => {
        const { id } = createShare(one);
        expect(isOwnShare(id, one)).toBe(true);
        if (one !== other) taken += +isOwnShare(id, other);
      }),
      { numRuns: 1000 },
    );
    expect(taken).toBeLessThan(2);
  });
});
