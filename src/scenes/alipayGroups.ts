// Generated from ./alipay.ts by scripts/makeSceneGroups.mjs: change that, then `npm run scenes`.
import type { SceneTable } from '../types/scene';

// Codes, then their group.
const CODES =
  '1000 1002 1090 1402 recent 1003 home 1005 search 1007 chat_share 1011 scan 1014 1305 message 1020 official_account 1023 desktop 1037 mini_program 1038 mini_program_back 1200 1201 1202 1205 1208 1209 service 1300 app 1400 ad 1401 card_coupon 1403 wallet 0000 other';

/** Alipay's scene codes to channel groups: `launchSource({ table: alipayGroups })`. */
export const alipayGroups: SceneTable = (scene) => {
  const [, group] = (/^\d{4}$/.test(scene) && new RegExp(`${scene}[ \\d]+([a-z_]+)`).exec(CODES)) || [];
  return group ? { channel_group: group } : undefined;
};
