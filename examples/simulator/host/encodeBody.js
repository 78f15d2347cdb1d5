const isBuffer = (data) => Object.prototype.toString.call(data) === '[object ArrayBuffer]';

const formEncode = (data) =>
  Object.entries(data)
    .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(typeof v === 'object' ? JSON.stringify(v) : v)}`)
    .join('&');

const textBody = (text) => ({ text, payload: text, bytes: new TextEncoder().encode(text).length });

/**
 * Turns `data` into a body, or into a query for the methods that have none, by the rules of wx.request.
 * https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
 *
 * @returns {{ url: string, body: { text: string | null, payload?: any, bytes: number } }}
 */
export const encodeBody = ({ url, method, data, contentType }) => {
  const none = { text: null, payload: undefined, bytes: 0 };
  if (data === undefined || data === null) return { url, body: none };
  if (method === 'GET' || method === 'HEAD') {
    const query = typeof data === 'string' ? data : formEncode(data);
    return { url: query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url, body: none };
  }
  if (typeof data === 'string') return { url, body: textBody(data) };
  if (isBuffer(data)) {
    const bytes = new Uint8Array(data.byteLength);
    bytes.set(new Uint8Array(data));
    return { url, body: { text: `(${bytes.length} bytes)`, payload: bytes, bytes: bytes.length } };
  }
  const asForm = contentType.includes('application/x-www-form-urlencoded');
  return { url, body: textBody(asForm ? formEncode(data) : JSON.stringify(data)) };
};
