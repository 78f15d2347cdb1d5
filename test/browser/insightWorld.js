import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = 40;

/** Half past: the hour of a message does not end while it is sent. */
const NOW = (Math.floor(Date.now() / HOUR_MS) + 0.5) * HOUR_MS;

/** The events of one visit; `ago` is in days. */
const visit = (anonymous_id, ago, events, context = {}) => ({
  anonymous_id,
  at: NOW - ago * DAY_MS - HOUR_MS / 10,
  events,
  context,
});
const came = { type: 'auto', name: 'app_show' };
const order = (id, coupon_id) => ({
  name: 'order_paid',
  properties: { order_id: id, total: 100, amount: 100, currency: 'CNY', coupon_id },
});

/**
 * What the shop went through: three regulars a day for forty days and thirty yesterday; a campaign with a coupon ten days ago;
 * six guests who agreed to a message, left a product in the cart and come at this hour; an event that nobody planned.
 */
const VISITS = [
  ...Array.from({ length: DAYS }, (_, i) => ['ann', 'bo', 'cy'].map((name) => visit(name, DAYS - i, [came]))).flat(),
  ...Array.from({ length: 27 }, (_, i) => visit(`crowd-${i}`, 1, [came])),
  visit('ann', 10, [{ name: 'coupon_claimed', properties: { coupon_id: 'NEW100' } }, order('o1', 'NEW100')], {
    source: { group: 'ad', utm_source: 'ad', utm_campaign: 'autumn' },
  }),
  visit('bo', 10, [order('o2')]),
  visit('cy', 2, [{ name: 'quiz_done', properties: { score: 5, passed: true } }]),
  ...Array.from({ length: 6 }, (_, i) => [
    ...[4, 3, 2].map((ago) => visit(`guest-${i}`, ago, [came])),
    visit(`guest-${i}`, 0, [
      { name: 'product_added', properties: { product_id: 'tea', price: 30, quantity: 1 } },
      { type: 'auto', name: 'subscribe_message', properties: { action: 'accepted', template_id: 'T1' } },
    ]),
  ]).flat(),
];

const bodyOf = ({ anonymous_id, at, events, context }, boot) => ({
  schema: 'minitrail/1',
  batch_id: randomUUID(),
  sent_at: at,
  contexts: [{ anonymous_id, platform: 'wechat', sdk: 'minitrail/0.1.0', ...context }],
  batch: events.map((event, seq) => ({
    id: randomUUID(),
    boot,
    seq,
    type: 'track',
    ts: at,
    session_id: `${anonymous_id} ${boot}`,
    properties: {},
    context: 0,
    ...event,
  })),
  drops: {},
});

/** The collector on a journal of what happened, as it would have kept it, at half past of this hour. */
export const startInsightWorld = async () => {
  const [{ createServer }, { readConfig }, { createJournalFile }, { journalFile }, { openWebhook }] = await Promise.all([
    import('../../examples/insight/src/createServer.js'),
    import('../../examples/insight/src/readConfig.js'),
    import('../../examples/insight/population/journalFile.js'),
    import('../../examples/insight/src/journal/journalFiles.js'),
    import('../../examples/insight/test/helpers/openWebhook.js'),
  ]);
  const dataFolder = mkdtempSync(join(tmpdir(), 'minitrail-forms-'));
  const journal = createJournalFile(join(dataFolder, 'journal', journalFile(1)));
  for (const [boot, each] of [...VISITS].sort((a, b) => a.at - b.at).entries())
    journal.add(each.at, JSON.stringify(bodyOf(each, boot + 1)));
  journal.close();
  const server = await createServer(readConfig({ INSIGHT_DATA: dataFolder }), () => {}, { now: () => NOW });
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  await server.loading.settle();
  const webhook = await openWebhook([{ status: 200, body: '{"errcode":0}' }]);
  return {
    url,
    webhook,
    /** Sends the messages that are due. */
    deliver: () => server.delivery.tick(),
    /** What the API keeps or answers; with a body it is posted. */
    async api(path, body) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${url}/api/${path}`, body && { method: 'POST', headers, body: JSON.stringify(body) });
      return /json/.test(response.headers.get('content-type')) ? response.json() : response.text();
    },
    async close() {
      await webhook.close();
      await server.close();
      rmSync(dataFolder, { recursive: true });
    },
  };
};
