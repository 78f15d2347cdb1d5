import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryOf, tagPath } from '../../src/share/tagPath';

const TOKEN = 'mt.000000000000000000000000000';
const texts = fc.string({ unit: fc.constantFrom(...'ab/?&=%#_mt.你 \n'), maxLength: 40 });

describe('tagPath', () => {
  it('leaves everything but the token to the letter', () => {
    fc.assert(
      fc.property(texts, (path) => {
        const tagged = tagPath(path, TOKEN);
        const again = tagPath(tagged, TOKEN);
        expect(again).toBe(tagged);
        fc.pre(!path.includes('_mt='));
        const [before = '', ...fragment] = path.split('#');
        const query = before.split(/\?(.*)/s)[1];
        const separator = query === undefined ? '?' : query ? '&' : '';
        expect(tagged).toBe([`${before}${separator}_mt=${TOKEN}`, ...fragment].join('#'));
      }),
      { numRuns: 2000 },
    );
  });

  it('carries one token, whatever was there', () => {
    const tagged = tagPath(tagPath('/p?_mt=a&x=1&_mt=b#f', 'mt.first'), TOKEN);
    expect(tagged).toBe(`/p?x=1&_mt=${TOKEN}#f`);
  });
});

describe('queryOf', () => {
  it('gives a host that decodes the values that it gave', () => {
    const values = fc.string({ unit: fc.constantFrom(...'ab/?&=+#你😀 '), maxLength: 20 });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), values, { noNullPrototype: true }), (query) => {
        const pairs = queryOf({ path: 'p', query })
          .split('&')
          .filter(Boolean)
          .map((pair) => /^([^=]*)=(.*)$/.exec(pair)?.slice(1).map(decodeURIComponent));
        expect(Object.fromEntries(pairs as [string, string][])).toEqual(query);
      }),
    );
  });

  it('encodes a percent sign that begins no escape', () => {
    expect(queryOf({ path: 'p', query: { a: '5%4x', b: '%', c: '%4' } })).toBe('a=5%254x&b=%25&c=%254');
  });

  it('gives a host that does not decode what stood in the link', () => {
    const values = fc.array(fc.constantFrom('a', '1', ',', ':', '=', '+', '/', '%20', '%E4%BD%A0', '%26'), { maxLength: 9 });
    fc.assert(
      fc.property(values, (parts) => {
        const value = parts.join('');
        expect(queryOf({ path: 'p', query: { a: value } })).toBe(`a=${value}`);
      }),
    );
  });
});

describe('half a character in a query', () => {
  it.each([
    ['a\ud83db', 'ab'],
    ['\ude00', ''],
    ['名\ud83d', '%E5%90%8D'],
    ['😀', '%F0%9F%98%80'],
  ])('%j becomes %s and does not throw', (value, text) => {
    expect(queryOf({ path: 'a', query: { name: value } })).toBe(`name=${text}`);
  });
});
