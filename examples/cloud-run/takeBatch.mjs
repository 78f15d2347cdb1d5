// A batch as rows, one for each event, under the openid that WeChat vouches for.

const isEvent = (event) => event && typeof event.id === 'string' && typeof event.name === 'string';

/** What the platform's gateway says of who calls. Anyone can claim an openid in a batch; nobody can in these headers. */
export const callerOf = (headers) => {
  const ids = {
    openid: headers['x-wx-openid'] || headers['x-wx-from-openid'] || headers['x-tt-openid'],
    unionid: headers['x-wx-unionid'] || headers['x-wx-from-unionid'] || headers['x-tt-unionid'],
  };
  return JSON.parse(JSON.stringify(ids));
};

/** `{ rows, rejected }`; throws when it is no batch. */
export const takeBatch = (text, caller) => {
  const { schema, contexts, batch, sent_at } = JSON.parse(text);
  if (schema !== 'minitrail/1' || !Array.isArray(batch)) throw new Error('not a batch of minitrail/1');
  const rows = batch.filter(isEvent).map(({ context, ...event }) => {
    const shared = contexts[context] || {};
    return { ...shared, ids: { ...shared.ids, ...caller }, ...event, sent_at, received_at: Date.now() };
  });
  const rejected = batch.filter((event) => event && event.id && !isEvent(event)).map(({ id }) => id);
  return { rows, rejected };
};
