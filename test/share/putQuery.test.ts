import { describe, expect, it } from 'vitest';
import { putQuery } from '../../src/share/putQuery';

const facts = { mt_visitor: 'a1', mt_session: 's1', mt_platform: 'wechat' };
const added = 'mt_visitor=a1&mt_session=s1&mt_platform=wechat';

describe('putQuery', () => {
  it.each([
    ['a bare address', 'https://m.example.com', `https://m.example.com?${added}`],
    ['a path', 'https://m.example.com/a/b', `https://m.example.com/a/b?${added}`],
    ['an empty query', 'https://m.example.com/?', `https://m.example.com/?${added}`],
    ['a query', 'https://m.example.com/?a=1&b=%E4%B8%AD', `https://m.example.com/?a=1&b=%E4%B8%AD&${added}`],
    ['a fragment', 'https://m.example.com/?a=1#top', `https://m.example.com/?a=1&${added}#top`],
    ['a route in the fragment', 'https://m.example.com/#/list?a=1', `https://m.example.com/?${added}#/list?a=1`],
    ['a relative address', '/help', `/help?${added}`],
    ['nothing', '', `?${added}`],
  ])('adds the visitor to %s', (_, url, expected) => {
    expect(putQuery(url, facts)).toBe(expected);
  });

  it('keeps odd queries to the letter', () => {
    expect(putQuery('/?a&&b=?&c==1&mt_visitor', facts)).toBe(`/?a&&b=?&c==1&mt_visitor&${added}`);
  });

  it('puts a visitor in the place of the one before', () => {
    const url = putQuery('/?a=1', { mt_visitor: 'old', mt_session: 'old', mt_platform: 'alipay' });
    expect(putQuery(url, facts)).toBe(`/?a=1&${added}`);
    expect(putQuery(`/?mt_visitor=old&a=1`, facts)).toBe(`/?a=1&${added}`);
  });

  it('takes no parameter for its own that is only named alike', () => {
    expect(putQuery('/?mt_visitors=1&my_mt_session=2', facts)).toBe(`/?mt_visitors=1&my_mt_session=2&${added}`);
  });
});
