import type { Endpoint } from '../types/options';
import { type CloudOptions, cloudEndpoint } from './shared/cloudEndpoint';
import type { DouyinCloudApi } from './shared/douyinCloud';

/** Which service takes the events. */
export interface DouyinContainerOptions extends CloudOptions {
  /** The environment (环境 ID). */
  readonly env: string;
  /** The id of the service. */
  readonly service: string;
  /**
   * Of the service, with a leading slash.
   *
   * @default '/v1/events'
   */
  readonly path?: string;
}

declare const tt: DouyinCloudApi;

/**
 * Douyin's cloud (抖音云), containers and functions alike, as an endpoint: no domain, no key, and the service is handed the
 * visitor's openid. Base library 2.70.
 *
 * https://developer.open-douyin.com/docs/resource/zh-CN/developer/tools/cloud/api-reference/cloud-hosting/cloud-sdk
 *
 * @example createTracker({ adapter: douyin(), endpoint: douyinContainer({ env: 'env-x1', service: 's1' }) })
 */
export const douyinContainer = (options: DouyinContainerOptions): Endpoint => {
  const { env, service, path = '/v1/events' } = options || ({} as DouyinContainerOptions);
  let cloud: ReturnType<DouyinCloudApi['createCloud']> | undefined;
  return cloudEndpoint(`ttcloud://${env}/${service}`, path, options, ({ headers, body, timeoutMs }, path, told) => {
    cloud = cloud || tt.createCloud({ envID: env, serviceID: service });
    cloud.callContainer({
      path,
      init: { method: 'POST', header: headers, body, timeout: timeoutMs },
      success: ({ statusCode, header, data }) => told(statusCode, { headers: header, body: data }),
      // 20000: a parameter is wrong, which nobody but the owner can mend. 10401: the service failed.
      fail: ({ errNo, errMsg }) => told(errNo === 20000 ? 404 : errNo === 10401 ? 500 : 0, { message: errMsg }),
    });
  });
};
