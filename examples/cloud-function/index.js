// Receives what `wechatFunction({ name: 'events' })` of minitrail sends, and keeps it in the collection `events` of the cloud
// database. The id of an event is the id of its document, so that a repeat changes nothing.
const cloud = require('wx-server-sdk');
const { takeBatch } = require('./takeBatch');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });

const answer = (statusCode, body) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

exports.main = async ({ body }) => {
  let taken;
  try {
    taken = takeBatch(body, cloud.getWXContext());
  } catch (error) {
    return answer(400, { error: error.message });
  }
  const events = cloud.database().collection('events');
  // What the database refuses throws: the call fails, and the batch is sent again.
  await Promise.all(taken.rows.map(({ id, ...data }) => events.doc(id).set({ data })));
  return answer(200, { accepted: taken.rows.map(({ id }) => id), rejected: taken.rejected });
};
