import type { Endpoint } from '../types/options';
import { type CloudOptions, cloudEndpoint } from './shared/cloudEndpoint';
import { functionAnswer } from './shared/functionAnswer';
import type { WechatFunctionApi } from './shared/wechatCloud';
import { wechatStatus } from './shared/wechatStatus';

/** Which function takes the events. */
export interface WechatFunctionOptions extends CloudOptions {
  /** The name of the cloud function. */
  readonly name: string;
  /**
   * The environment (环境 ID).
   *
   * @default that of `wx.cloud.init()`
   */
  readonly env?: string;
}

declare const wx: { readonly cloud: WechatFunctionApi };

/**
 * A cloud function of WeChat (云开发) as an endpoint: no domain, no key, closed to anyone else, and the function knows the
 * visitor's openid. It gets `{ httpMethod, path, headers, body }`, as from an HTTP trigger. The app calls `wx.cloud.init()`
 * in `onLaunch`; until then, and without it, events wait.
 *
 * @example createTracker({ adapter: wechat(), endpoint: wechatFunction({ name: 'events' }) })
 */
export const wechatFunction = (options: WechatFunctionOptions): Endpoint => {
  const { env = '', name } = options || ({} as WechatFunctionOptions);
  return cloudEndpoint(`wxcloud://${env}/${name}`, '/', options, ({ method, headers, body }, path, told) => {
    wx.cloud.callFunction({
      config: env ? { env } : {},
      name,
      data: { httpMethod: method, path, headers, body },
      success: ({ result }) => functionAnswer(result, told),
      fail: (failure) => told(wechatStatus(failure), { message: failure.errMsg }),
    });
  });
};
