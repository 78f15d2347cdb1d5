import { json } from '../../formats/json';
import type { HttpRequest, HttpResponse } from '../../types/adapter';
import type { Format, FormatLimits } from '../../types/format';
import type { Endpoint } from '../../types/options';

/** What endpoints of all clouds take. */
export interface CloudOptions {
  /**
   * The shape of the body. A batch is at most 96 KiB, whatever the format says.
   *
   * @default json()
   */
  readonly format?: Format;
  /** Headers of your own; no key is needed. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a call to the cloud came to. A status of 0 is no answer: the events wait and are sent again. */
export type Told = (
  status: number,
  answer?: { readonly headers?: object | undefined; readonly body?: unknown; readonly message?: unknown },
) => void;

/** WeChat's and Douyin's documents say 100 KiB of text a call; the rest is room for the call's own envelope. */
const MAX_BYTES = 96 * 1024;

/**
 * An endpoint that is no URL. `address` tells it from others, so that a delay is not carried over to another one; what a
 * format appends to it as a query comes back in `path`.
 */
export const cloudEndpoint = (
  address: string,
  path: string,
  options: CloudOptions,
  call: (request: HttpRequest, path: string, told: Told) => void,
): Endpoint => {
  const { format = json(), headers } = options || ({} as CloudOptions);
  // What is no format is named where the endpoint is used.
  const { events, bytes } = format.limits || ({} as FormatLimits);
  const url = address + path;
  return {
    url,
    headers,
    format: Object.assign({}, format, { limits: { events, bytes: Math.min(bytes, MAX_BYTES) } }),
    request(request, done) {
      call(request, path + request.url.slice(url.length), (status, { headers = {}, body = '', message } = {}) => {
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        done({
          status,
          headers: headers as HttpResponse['headers'],
          body: text,
          message: message && `${message}`,
        } as HttpResponse);
      });
    },
  };
};
