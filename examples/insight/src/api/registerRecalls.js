import { analysisOf } from '../analyses/index.js';
import { analysisSql } from '../analyses/run.js';
import { countMessages, readMessages } from '../recall/messages.js';
import { recallResults } from '../recall/recallResults.js';
import { isWebhook } from '../webhook/isWebhook.js';
import { createList } from './createList.js';
import { refuse, withStatus } from './refuse.js';

const STATES = ['due', 'held_out', 'retry', 'sent', 'dead'];
const MAX_RECALLS = 100;
/** A campaign runs on: its range moves with the day, it counts persons, and test traffic is never written to. */
const FIXED = ['from', 'to', 'unit', 'excluded', 'compare'];

const isObject = (value) => value && typeof value === 'object' && !Array.isArray(value);

const readRecall = ({ name, webhook, params = {}, held_out = 0, paused = false }, { store, env }) => {
  if (typeof name !== 'string' || !name || name.length > 200) throw refuse(400, 'name', 'is no text of 1 to 200 characters');
  if (!isWebhook(webhook)) throw refuse(400, 'webhook', 'is no address that begins with http:// or https://');
  if (typeof held_out !== 'number' || !(held_out >= 0 && held_out < 1))
    throw refuse(400, 'held_out', 'is no number from 0 to below 1');
  if (typeof paused !== 'boolean') throw refuse(400, 'paused', 'is neither true nor false');
  if (!isObject(params)) throw refuse(400, 'params', 'is no object');
  const fixed = FIXED.find((key) => key in params);
  if (fixed) throw refuse(400, fixed, 'is not to be chosen for a campaign');
  try {
    analysisSql(store.engine, analysisOf('recall'), params, env());
  } catch (error) {
    throw withStatus(error);
  }
  return { name, webhook, params, held_out, paused };
};

/**
 * Campaigns that write to the recall list by a webhook, and what became of their messages:
 * - `GET`, `POST /api/recall/campaigns`, `PATCH`, `DELETE …/:id` (`name`, `webhook`, `params` of the analysis `recall`,
 *   `held_out`, `paused`)
 * - `GET …/:id/messages?state=dead` the messages, with the reason of what failed
 * - `GET …/:id/results?days=7` who was to be written to beside who was held out: returned, bought, revenue
 * - `POST …/:id/again` (`ids`, else all) dead messages are due again
 */
export const registerRecalls = (app, context) => {
  const { settings, store, loading, delivery, now } = context;
  const path = '/api/recall/campaigns';
  const list = createList(settings, 'recalls', MAX_RECALLS);

  app.get(path, async () => {
    await loading.settle();
    return Promise.all(list.all().map(async (recall) => ({ ...recall, messages: await countMessages(store, recall.id) })));
  });
  app.post(path, async ({ body }) => {
    if (!isObject(body)) throw refuse(400, 'body', 'is no object');
    return list.add(readRecall(body, context));
  });
  app.patch(`${path}/:id`, async ({ params: { id }, body }) => {
    if (!isObject(body)) throw refuse(400, 'body', 'is no object');
    return list.change(id, readRecall({ ...list.find(id), ...body }, context));
  });
  app.delete(`${path}/:id`, async ({ params: { id } }) => list.remove(id));
  app.get(`${path}/:id/messages`, async ({ params: { id }, query: { state, limit = '1000' } }) => {
    list.find(id);
    if (state !== undefined && !STATES.includes(state)) throw refuse(400, 'state', `is none of ${STATES.join(', ')}`);
    if (!/^\d{1,5}$/.test(limit) || Number(limit) > 10_000) throw refuse(400, 'limit', 'is no whole number up to 10000');
    await loading.settle();
    const found = await readMessages(store, id, { states: state ? [state] : [], limit: Number(limit) });
    return found.map(({ message, step, campaign, ...rest }) => ({ id: message, ...rest }));
  });
  app.get(`${path}/:id/results`, async ({ params: { id }, query: { days = '7' } }) => {
    list.find(id);
    if (!/^[1-9]\d?$/.test(days)) throw refuse(400, 'days', 'is no whole number from 1 to 99');
    await loading.settle();
    return recallResults(store, id, { days: Number(days), now: now() });
  });
  app.post(`${path}/:id/again`, async ({ params: { id }, body }) => {
    list.find(id);
    const { ids } = isObject(body) ? body : {};
    if (ids !== undefined && (!Array.isArray(ids) || ids.some((each) => typeof each !== 'string')))
      throw refuse(400, 'ids', 'is no list of ids');
    return { due: await delivery.again(id, ids) };
  });
};
