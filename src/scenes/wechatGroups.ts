// Generated from ./wechat.ts by scripts/makeSceneGroups.mjs: change that, then `npm run scenes`.
import type { SceneTable } from '../types/scene';

// `!` marks visits that are not by a human.
const GROUPS =
  'discover official_account search ad scan video_channel recent chat_share group_chat wallet service link content message game desktop card_coupon mini_program system! customer_service wecom device other favorite system profile nearby app timeline ecommerce ai! mini_program_back pc device! ai';
// A letter for each code from 1000 on: the place of its group, counted from '0'.
const LETTERS =
  'F6   2278 G444=  H;91 6?I4J2@@B44 917AO:  2=733444  @22;<91H9   :; 33K 99C1  ::> C1 3   =661:  379 A9B166 2=     ??    DDD  444  B 6 E A        10< @ 4014LL 18 8      ;K0 < 7 555P< ; 258G6 3 5D5;5<55A33CB 55C7   :  35QF5E  ?:7E 3 3=32    35  0020  :   2 00660001   777   60630000022<  0;1    00 352222200?11J>1 1 7           8888       MM  I     78              A0         >4   =NR      3         9@ >  3    N>                11>1< 1';

/** WeChat's scene codes to channel groups: `launchSource({ table: wechatGroups })`. */
export const wechatGroups: SceneTable = (scene) => {
  const name = /^1\d{3}$/.test(scene) && GROUPS.split(' ')[LETTERS.charCodeAt(+scene - 1000) - 48];
  if (!name) return undefined;
  const [group = ''] = name.split('!');
  return group === name ? { channel_group: group } : { channel_group: group, is_automated: true };
};
