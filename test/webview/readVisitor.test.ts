import { describe, expect, it, vi } from 'vitest';
import { putQuery } from '../../src/share/putQuery';
import { readVisitor } from '../../src/webview';

const ID = '0123456789abcdef0123456789abcdef';
const facts = { mt_visitor: ID, mt_session: 'fedcba987654', mt_platform: 'alipay' };
const visitor = { anonymousId: ID, sessionId: 'fedcba987654', platform: 'alipay' };

describe('readVisitor', () => {
  it.each(['https://m.example.com', 'https://m.example.com/a?b=1#c', 'https://m.example.com/#/list?mt_visitor=no', '/a?b=%E4'])(
    'reads what decorateUrl put on %s',
    (url) => {
      expect(readVisitor({ url: putQuery(url, facts) })).toEqual(visitor);
    },
  );

  it.each([
    'https://m.example.com/',
    'https://m.example.com/?mt_visitor=',
    'https://m.example.com/?mt_session=fedcba987654',
    `https://m.example.com/#?mt_visitor=${ID}`,
    `https://m.example.com/?my_mt_visitor=${ID}`,
  ])('finds nobody on %s', (url) => {
    expect(readVisitor({ url })).toBeUndefined();
  });

  it.each(['<script>', '%3Cscript%3E', 'a b', 'a'.repeat(129), "a'b"])('does not take %j for a visitor', (value) => {
    expect(readVisitor({ url: `https://m.example.com/?mt_visitor=${value}` })).toBeUndefined();
  });

  it('says so when an address lost its session or platform', () => {
    expect(readVisitor({ url: `/?mt_visitor=${ID}` })).toEqual({ anonymousId: ID, sessionId: '', platform: '' });
  });

  const cleaned = (href: string, given = {}) => {
    const replaceState = vi.fn();
    vi.stubGlobal('location', { href });
    vi.stubGlobal('history', { state: { page: 1 }, replaceState });
    readVisitor(given);
    return replaceState.mock.calls;
  };

  it.each(['/', '/?a=1', '/?a=1&b=2#c', '/#/list?a=1', '/?a=%E4%B8%AD'])('leaves %s after cleaning', (url) => {
    expect(cleaned(putQuery(url, facts), { clean: true })).toEqual([[{ page: 1 }, '', url]]);
  });

  it.each(['/?', '/?x=1&'])('leaves one mark behind %s where all of them stood in front of others', (start) => {
    const url = `${start}mt_visitor=${ID}&mt_session=s1&mt_platform=wechat&a=1`;
    expect(cleaned(url, { clean: true })).toEqual([[{ page: 1 }, '', `${start}a=1`]]);
  });

  it('cleans parameters in front of others, too', () => {
    const url = `/?mt_visitor=${ID}&a=1&mt_session=s1&b=2&mt_platform=wechat#c`;
    expect(cleaned(url, { clean: true })).toEqual([[{ page: 1 }, '', '/?a=1&b=2#c']]);
  });

  it('leaves the address alone unless asked, and where there is nobody on it', () => {
    expect(cleaned(putQuery('/', facts))).toEqual([]);
    expect(cleaned('/?a=1', { clean: true })).toEqual([]);
  });
});
