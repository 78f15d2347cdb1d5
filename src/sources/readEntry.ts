import type { EnterOptions } from '../types/host';
import { checksum } from '../utils/checksum';
import { cut } from '../utils/cut';
import { decode } from './decode';

/** What an entry says of its source, by the names of the wire. */
export type Source = Readonly<Record<string, string>>;

const MAX_VALUE = 128;
/** What stays of a longer value, in front of the mark that tells it from others. */
const KEPT = 121;

// What the query may hold, as `name:name on the wire`; of two that mean the same the first counts.
//
// Tencent's ads put `gdt_vid` (in WeChat) or `qz_gdt` (elsewhere) on the path, and `weixinadinfo`, which is ad id, click
// id, scene and 0 joined by dots. https://developers.e.qq.com/docs/guide/conversion/new_version/wechat_mini_program_api
// Ocean Engine's put `clickid`, `adid` and `creativeid`. https://blog.csdn.net/qq_35133382/article/details/144341983
// Alipay's channels put `chInfo`. https://opendocs.alipay.com/mini/framework/scene (1300)
const NAMES =
  'utm_source utm_medium utm_campaign gdt_vid:click_id qz_gdt:click_id clickid:click_id weixinadinfo:ad_info adid:ad_id creativeid:creative_id chInfo:channel scene:qr_scene utm_content utm_term'.split(
    ' ',
  );
// Parameters that hold parameters: WeChat's scanned link and QR code, Alipay's scanned link.
// https://developers.weixin.qq.com/miniprogram/introduction/qrcode.html
// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html
// https://github.com/AlipayDocs/open-docs, support/支付宝小程序/案例分析/如何获取各种场景的启动参数.md
const NESTED = ['q', 'qrCode', 'scene'];

// Nothing, a macro that nothing was put in for (as in the preview of an ad), and of the QR codes those that hold
// parameters or are the token of a share, of which the plugin `share` tells.
const NO_VALUE = /:(|undefined|null|__\w+__)$|^qr_scene:(.*=|mt\.)/;

/**
 * Reads how a visitor came. Parameters of the query, and those that another mini-program hands over in `extraData`, go
 * before those in a link, a code or an ad.
 */
export const readEntry = (
  { query, scene, referrerInfo }: EnterOptions,
  { params = [], exclude = [] }: { readonly params?: readonly string[]; readonly exclude?: readonly string[] },
): Source => {
  const { appId, extraData } = referrerInfo || {};
  const all: Record<string, unknown> = Object.assign({}, extraData, query);
  const source: Record<string, string> = {};
  const put = (name: string, value: unknown): void => {
    const text = decode(value);
    if (source[name] || NO_VALUE.test(`${name}:${text}`)) return;
    // Two long click ids or campaigns that begin alike are two.
    source[name] = text[MAX_VALUE] ? `${cut(text, KEPT)}~${checksum(text, 6)}` : cut(text, MAX_VALUE);
  };
  NESTED.map((name) => decode(all[name], /=/))
    .join('&')
    .replace(/([^?&#=]+)=([^&#]*)/g, (_, name: string, value: string) => (all[name] = all[name] || value) as string);
  for (const name of ([] as string[]).concat(exclude)) delete all[name];
  put('scene', scene);
  for (const pair of NAMES.concat(params)) {
    // Text, whatever it is: `[isShop && 'coupon']` may hold `false`.
    const [from, to = from] = `${pair}`.split(':') as [string, string?];
    put(to, all[from]);
  }
  put('referrer_app_id', appId);
  return source;
};
