// Generated from ./douyin.ts by scripts/makeSceneGroups.mjs: change that, then `npm run scenes`.
import type { SceneTable } from '../types/scene';

const GROUPS =
  'content search fixed_entry game chat_share operation ad message recent order mini_program mini_program_back desktop share_external wallet live ecommerce nearby timeline scan publish favorite profile system customer_service card_coupon group_chat';
// A row for each host app and category: its digits, then a letter for each entry, which is the place of its group counted
// from 'A'. Entry 0 is the category itself; row 1 is what all host apps have in common.
const ROWS =
  '011CICCIVCTCKL   CDDDCCMJ|012BBBBBB|013AAAAAA AWAAAAA|014EESESENNEN|015FFO|016GGGG|017HHHYH|021CITV    CKL DJU  UU M    Z OO  O    IC O  CD DD|022BBBBBBB|023AAAWARA  PPPP AAA   R  B    RRA         AA|024EEESES NN [|025GGG|026FFFHH FF          H|027QQQQPPJQJ|061CICCI   CKL         MJ|062BBBBB|063A          AAA|064E|065FFOF|066G|067HH|1 IT      KL         M               I      D       F|101CIT     JKLDDDDD    MC              I|102BB   B|103ABA                  R   A|104EE     N|105GG|106F|107Q|108F            JF|141         KLDD       M|142 E|181   D     KLD        M|990 X';

const groupAt = (row: string, entry: number): string | undefined => {
  const [, letters = ''] = new RegExp(`(?:^|\\|)${row}([^|\\d]+)`).exec(ROWS) || [];
  return GROUPS.split(' ')[letters.charCodeAt(entry) - 65];
};

/**
 * Douyin's scene codes to channel groups: `launchSource({ table: douyinGroups })`. A code that is not in the list falls
 * back to what its entry means in every host app, then to its category.
 */
export const douyinGroups: SceneTable = (scene) => {
  const [, row = '', category = '', entry = ''] = /^(\d\d(\d))(\d{3})$/.exec(scene) || [];
  const group = groupAt(row, +entry) || groupAt(category, +entry) || groupAt(row, 0);
  return group ? { channel_group: group } : undefined;
};
