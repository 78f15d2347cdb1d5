import { createServer } from 'node:http';

/**
 * A webhook for recall campaigns that sends WeChat's subscription messages.
 *
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
 * https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html
 */

const WECHAT = 'https://api.weixin.qq.com';
const TIMEOUT_MS = 5_000;
/** A token is fetched anew so long before it ends: WeChat gives the next one from then on. */
const TOKEN_MARGIN_MS = 300_000;
const MAX_BODY_BYTES = 64 * 1024;
const MAX_REMEMBERED = 10_000;

/** The token is not, or no longer, valid: https://developers.weixin.qq.com/doc/oplatform/Return_codes/Return_code_descriptions_new.html */
const TOKEN_IS_BAD = [40001, 40014, 42001];
const DAY_IS_FULL = 45009;
/** Too busy, too many in a minute, the same person at the same moment. */
const COME_BACK = { [-1]: 60, 45011: 60, 43108: 5 };

/** Quotas begin anew at midnight in Beijing. */
const secondsToMidnight = (/** @type {number} */ now) => Math.ceil((86_400_000 - ((now + 8 * 3_600_000) % 86_400_000)) / 1000);

/**
 * @typedef {object} Options
 * @property {string} appId
 * @property {string} secret
 * @property {(message: any) => Promise<string | undefined> | string | undefined} openidOf From your own table of customers:
 *   by `user_ids`, `unionids` or `anonymous_ids` of the message.
 * @property {(message: any) => { page?: string, data: Record<string, { value: string }> }} contentOf What the template is filled with.
 * @property {string} [api] Where WeChat is.
 * @property {() => number} [now]
 */

/**
 * Takes a message, answers how it went: 200 sent, 422 never to be tried again, 429 or 503 to be tried again.
 *
 * @param {Options} options
 * @returns {(message: any) => Promise<{ status: number, error?: string, retryAfter?: number }>}
 */
export const createWechatSender = ({ appId, secret, openidOf, contentOf, api = WECHAT, now = Date.now }) => {
  /** @type {Promise<{ value: string, until: number }> | undefined} */
  let token;
  /** Ids of messages that were sent: a repeated call sends nothing. */
  const sent = new Set();

  const post = async (/** @type {string} */ path, /** @type {object} */ body) => {
    const response = await fetch(`${api}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.json();
  };

  const fetchToken = async () => {
    const answer = await post('/cgi-bin/stable_token', { grant_type: 'client_credential', appid: appId, secret });
    if (!answer.access_token) throw new Error(`no token: ${answer.errcode} ${answer.errmsg}`);
    return { value: answer.access_token, until: now() + answer.expires_in * 1000 - TOKEN_MARGIN_MS };
  };

  /** One token for all who wait for it at the same time. */
  const validToken = async () => {
    const asked = (token ??= fetchToken());
    try {
      const known = await asked;
      if (known.until > now()) return known.value;
    } catch (error) {
      if (token === asked) token = undefined;
      throw error;
    }
    if (token === asked) token = fetchToken();
    return (await token).value;
  };

  const sendOnce = async (/** @type {object} */ body) => {
    const value = await validToken();
    const answer = await post(`/cgi-bin/message/subscribe/send?access_token=${encodeURIComponent(value)}`, body);
    if (TOKEN_IS_BAD.includes(answer.errcode)) token = undefined;
    return answer;
  };

  const resultOf = (/** @type {{ errcode?: number, errmsg?: string }} */ { errcode = 0, errmsg }) => {
    const error = `${errcode} ${errmsg}`;
    if (errcode === 0) return { status: 200 };
    if (errcode === DAY_IS_FULL) return { status: 429, error, retryAfter: secondsToMidnight(now()) };
    if (TOKEN_IS_BAD.includes(errcode)) return { status: 503, error, retryAfter: 60 };
    if (errcode in COME_BACK) return { status: 503, error, retryAfter: COME_BACK[/** @type {-1} */ (errcode)] };
    // 43101 not subscribed, 40003 no such openid, 40037 no such template, 47003 a field of the template, 41030 no such page, …
    return { status: 422, error };
  };

  return async (message) => {
    if (sent.has(message.id)) return { status: 200 };
    const openid = await openidOf(message);
    if (!openid) return { status: 422, error: 'no openid is known of the person' };
    const body = { touser: openid, template_id: message.template_id, ...contentOf(message) };
    try {
      let answer = await sendOnce(body);
      if (TOKEN_IS_BAD.includes(answer.errcode)) answer = await sendOnce(body);
      const result = resultOf(answer);
      if (result.status === 200) sent.add(message.id);
      if (sent.size > MAX_REMEMBERED) sent.delete(sent.values().next().value);
      return result;
    } catch (error) {
      // No answer, or none that is JSON. It may have been sent, and then WeChat says 43101 to the next try.
      return { status: 503, error: /** @type {Error} */ (error).message, retryAfter: 60 };
    }
  };
};

/** @param {AsyncIterable<Buffer>} request */
const bodyOf = async (request) => {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > MAX_BODY_BYTES) throw new Error('too large');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString());
};

/**
 * The sender as a server for `POST /<path>`. The path is the secret between insight and it.
 *
 * @param {ReturnType<typeof createWechatSender>} send
 * @param {string} path As `/recall-3f9c…`.
 */
export const createWechatWebhook = (send, path) =>
  createServer(async (request, response) => {
    const answer = (
      /** @type {number} */ status,
      /** @type {string} */ error = '',
      /** @type {number | undefined} */ retryAfter = undefined,
    ) => {
      response.writeHead(status, { 'content-type': 'text/plain', ...(retryAfter ? { 'retry-after': retryAfter } : {}) });
      response.end(error);
    };
    if (request.method !== 'POST' || request.url !== path) return answer(404);
    try {
      const { status, error, retryAfter } = await send(await bodyOf(request));
      answer(status, error, retryAfter);
    } catch {
      answer(400, 'is no message');
    }
  });
