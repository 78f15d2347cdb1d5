// A project of its own: the official typings declare `App`, `Page`, `console`, `setTimeout` … as globals, which clash
// with the package's own declarations and with those of other hosts.
import type { WxApi } from '../../../adapters/wechat';
import type { WechatContainerApi, WechatFunctionApi } from '../../../src/cloud/shared/wechatCloud';

declare const official: WechatMiniprogram.Wx;

official satisfies WxApi;
wx satisfies WxApi;

wx.cloud satisfies WechatContainerApi;
wx.cloud satisfies WechatFunctionApi;
