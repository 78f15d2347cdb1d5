import type { Endpoint } from '../types/options';
import type { AlipayCloud } from './shared/alipayCloud';
import { type CloudOptions, cloudEndpoint } from './shared/cloudEndpoint';
import { functionAnswer } from './shared/functionAnswer';

/** Which function takes the events. */
export interface AlipayFunctionOptions extends CloudOptions {
  /** The environment (环境 ID). */
  readonly env: string;
  /** The name of the cloud function. */
  readonly name: string;
}

/** In the documents' examples, missing in the typings. */
interface Startable {
  init(): Promise<unknown>;
}

declare const my: { readonly cloud: { createCloudContext(options: { env: string }): AlipayCloud } };

/**
 * A cloud function of Alipay (小程序云) as an endpoint: no domain and no key. It gets `{ httpMethod, path, headers, body }`,
 * as from an HTTP trigger.
 *
 * @example createTracker({ adapter: alipay(), endpoint: alipayFunction({ env: 'env-00jx', name: 'events' }) })
 */
export const alipayFunction = (options: AlipayFunctionOptions): Endpoint => {
  const { env, name } = options || ({} as AlipayFunctionOptions);
  let opened: Promise<AlipayCloud> | undefined;
  const open = (): Promise<AlipayCloud> => {
    const cloud = my.cloud.createCloudContext({ env });
    return (cloud as AlipayCloud & Startable).init().then(() => cloud);
  };
  return cloudEndpoint(`mycloud://${env}/${name}`, '/', options, ({ method, headers, body }, path, told) => {
    const failed = (failure: { readonly error?: number; readonly errorMessage?: string }): void => {
      opened = undefined;
      // 60001: a parameter is missing.
      told(failure.error === 60001 ? 404 : 0, { message: failure.errorMessage });
    };
    opened = opened || open();
    opened
      .then((cloud) => {
        const data = { httpMethod: method, path, headers, body };
        cloud.callFunction({ name, data, success: ({ result }) => functionAnswer(result, told), fail: failed });
      })
      .catch(failed);
  });
};
