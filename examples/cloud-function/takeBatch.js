const isEvent = (event) => event && typeof event.id === 'string' && typeof event.name === 'string';

/** A batch as rows, one for each event, under the ids that WeChat vouches for; throws when it is no batch. */
exports.takeBatch = (text, { OPENID, UNIONID }) => {
  const { schema, contexts, batch, sent_at } = JSON.parse(text);
  if (schema !== 'minitrail/1' || !Array.isArray(batch)) throw new Error('not a batch of minitrail/1');
  const caller = { ...(OPENID && { openid: OPENID }), ...(UNIONID && { unionid: UNIONID }) };
  const rows = batch.filter(isEvent).map(({ context, ...event }) => {
    const shared = contexts[context] || {};
    return { ...shared, ids: { ...shared.ids, ...caller }, ...event, sent_at, received_at: Date.now() };
  });
  const rejected = batch.filter((event) => event && event.id && !isEvent(event)).map(({ id }) => id);
  return { rows, rejected };
};
