import type { HttpResponse } from './types/adapter';
import type { Endpoint } from './types/options';

/** By name. They stand over those of the endpoint. */
export type Headers = Readonly<Record<string, string>>;

/**
 * An endpoint whose headers are asked for, such as a token that expires: before the first request, and again when the
 * endpoint answers 401 to those that are known; the batch is then sent once more at once. While `ask` fails the events wait
 * and are sent again with the usual delays; an answer of `ask` after the endpoint's `timeoutMs` is kept for the next
 * request.
 *
 * @example endpoint: withHeaders('https://collect.example.com/v1/events', async () => ({ authorization: await token() }))
 */
export const withHeaders = (endpoint: string | Endpoint, ask: () => Headers | PromiseLike<Headers>): Endpoint => {
  const given = typeof endpoint === 'object' ? endpoint : { url: endpoint };
  let known: Headers | undefined;
  const request: NonNullable<Endpoint['request']> = (asked, done, byHost) => {
    const began = Date.now();
    const fail = (reason: unknown): void => done({ status: 0, headers: {}, body: '', message: `headers: ${reason}` });
    const send = (headers: Headers, isKnown: boolean): void => {
      const all: Record<string, string> = Object.assign({}, asked.headers);
      for (const name of Object.keys(headers)) all[name.toLowerCase()] = headers[name] as string;
      const answered = (response: HttpResponse): void => {
        if (response.status !== 401) return done(response);
        known = undefined;
        if (isKnown) start();
        else done(response);
      };
      const through = given.request || byHost;
      through(Object.assign({}, asked, { headers: all }), answered, byHost);
    };
    const use = (headers: Headers): void => {
      if (typeof headers !== 'object' || !headers) return fail(headers);
      known = headers;
      // The tracker has given this attempt up, and makes another one.
      if (Date.now() - began <= asked.timeoutMs) send(headers, false);
    };
    const start = (): void => {
      if (known) return send(known, true);
      try {
        const headers = ask();
        if (headers && typeof (headers as PromiseLike<Headers>).then === 'function')
          (headers as PromiseLike<Headers>).then(use).then(undefined, fail);
        else use(headers as Headers);
      } catch (error) {
        fail(error);
      }
    };
    start();
  };
  return Object.assign({}, given, { request });
};
