import type { Endpoint } from '../types/options';
import { type CloudOptions, cloudEndpoint } from './shared/cloudEndpoint';
import type { WechatContainerApi } from './shared/wechatCloud';
import { wechatStatus } from './shared/wechatStatus';

/** Which container takes the events. */
export interface WechatContainerOptions extends CloudOptions {
  /** The environment (环境 ID), such as `prod-01`. */
  readonly env: string;
  /** The name of the service. */
  readonly service: string;
  /**
   * Of the service, with a leading slash.
   *
   * @default '/v1/events'
   */
  readonly path?: string;
}

declare const wx: { readonly cloud: WechatContainerApi };

/** `wx.cloud` takes a longer one for none. */
const MAX_TIMEOUT_MS = 15_000;

/**
 * WeChat's cloud containers (微信云托管) as an endpoint: no domain, no key, closed to anyone else, and the container is
 * handed the visitor's openid. Base library 2.23. The app calls `wx.cloud.init()` in `onLaunch`; until then, and without it,
 * events wait.
 *
 * @example createTracker({ adapter: wechat(), endpoint: wechatContainer({ env: 'prod-01', service: 'events' }) })
 */
export const wechatContainer = (options: WechatContainerOptions): Endpoint => {
  const { env, service, path = '/v1/events' } = options || ({} as WechatContainerOptions);
  return cloudEndpoint(`wxcloud://${env}/${service}`, path, options, (request, path, told) => {
    wx.cloud.callContainer({
      config: { env },
      path,
      method: request.method,
      header: Object.assign({ 'X-WX-SERVICE': service }, request.headers),
      data: request.body,
      // Not `json`: an answer that is no JSON is still an answer.
      dataType: 'text',
      timeout: Math.min(request.timeoutMs, MAX_TIMEOUT_MS),
      success: ({ statusCode, header, data }) => told(statusCode, { headers: header, body: data }),
      fail: (failure) => told(wechatStatus(failure), { message: failure.errMsg }),
    });
  });
};
