import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alipayScenes } from '../../src/scenes/alipay';
import { alipayGroups } from '../../src/scenes/alipayGroups';
import { douyinCategories, douyinEntries, douyinHosts, douyinScenes } from '../../src/scenes/douyin';
import { douyinGroups } from '../../src/scenes/douyinGroups';
import { wechatScenes } from '../../src/scenes/wechat';
import { wechatGroups } from '../../src/scenes/wechatGroups';
import type { Scenes, SceneTable } from '../../src/types/scene';

const hosts: readonly (readonly [host: string, scenes: Scenes, table: SceneTable, count: number, digits: number])[] = [
  ['wechat', wechatScenes, wechatGroups, 237, 4],
  ['alipay', alipayScenes, alipayGroups, 25, 4],
  ['douyin', douyinScenes, douyinGroups, 183, 6],
];

describe.each(hosts)('%sGroups', (_, scenes, table, count, digits) => {
  const codes = Object.keys(scenes);

  it(`knows all ${count} codes as the full table has them`, () => {
    expect(codes).toHaveLength(count);
    for (const code of codes) {
      const { group, automated } = scenes[code] as Scenes[string];
      expect([code, table(code)]).toEqual([
        code,
        automated ? { channel_group: group, is_automated: true } : { channel_group: group },
      ]);
    }
  });

  it('knows nothing of what is no code, and never throws', () => {
    for (const scene of [
      '',
      ' ',
      'undefined',
      'null',
      'constructor',
      '__proto__',
      '-1',
      '1',
      '999',
      '9999',
      '10470',
      '(',
      '1e3',
      '0x3e8',
    ]) {
      if (!codes.includes(scene)) expect([scene, table(scene)]).toEqual([scene, undefined]);
    }
    fc.assert(
      fc.property(fc.string(), (scene) => codes.includes(scene) || table(scene) === undefined || /^\d{6}$/.test(scene)),
    );
  });

  it('comes from a table in which every code has its labels, its group and its source', () => {
    for (const [code, { label_zh, label_en, group, source }] of Object.entries(scenes)) {
      expect(code).toMatch(new RegExp(`^\\d{${digits}}$`));
      expect(label_zh).toMatch(/\S/);
      // English, so that no Chinese label was left in its place.
      expect([code, label_en]).toEqual([code, expect.stringMatching(/^[ -~]+$/)]);
      expect(group).toMatch(/^[a-z_]+$/);
      expect(source.length).toBeGreaterThan(0);
    }
  });
});

it('WeChat marks the visits that are not by a human, and no others', () => {
  const automated = Object.keys(wechatScenes).filter((code) => wechatGroups(code)?.is_automated);
  expect(automated).toEqual(['1030', '1101', '1129', '1203', '1217', '1379', '1408']);
});

describe('douyinGroups, for a code that is not in the list', () => {
  it.each([
    // Entries that all host apps share, by the typings of mini-games.
    ['251001', 'recent'],
    ['261002', 'scan'],
    ['231009', 'mini_program'],
    ['291010', 'mini_program_back'],
    ['311020', 'desktop'],
    ['011043', 'game'],
    ['021051', 'operation'],
    // Categories of Douyin and Toutiao, by their older lists: 5, 6 and 7 mean different things.
    ['021999', 'fixed_entry'],
    ['022999', 'search'],
    ['023999', 'content'],
    ['024999', 'chat_share'],
    ['025999', 'ad'],
    ['026999', 'operation'],
    ['027999', 'ecommerce'],
    ['105999', 'ad'],
    ['108999', 'operation'],
    ['015999', 'operation'],
    ['016999', 'ad'],
    ['017999', 'message'],
    ['066999', 'ad'],
  ])('%s is %s', (code, group) => {
    expect(douyinScenes).not.toHaveProperty(code);
    expect(douyinGroups(code)).toEqual({ channel_group: group });
  });

  it('says nothing of a category that only other host apps have', () => {
    for (const code of ['252999', '312001', '029999', '029888', '020001', '774444', '000000']) {
      expect([code, douyinGroups(code)]).toEqual([code, undefined]);
    }
  });

  it('keeps to the tables of entries and categories', () => {
    for (const [entry, group] of Object.entries(douyinEntries)) {
      for (const host of Object.keys(douyinHosts)) {
        const known = douyinScenes[host + entry];
        expect(douyinGroups(host + entry)).toEqual({ channel_group: known ? known.group : group });
      }
    }
    for (const [host, categories] of Object.entries(douyinCategories)) {
      for (const [digit, group] of Object.entries(categories)) {
        expect(douyinGroups(`${host}${digit}888`)).toEqual({ channel_group: group });
      }
    }
  });
});
