import { BAND_DEFINITION } from '../alerts/usualBand.js';
import { analysisOf } from '../analyses/index.js';
import { isWebhook } from '../webhook/isWebhook.js';
import { createList } from './createList.js';
import { refuse, withStatus } from './refuse.js';

const MAX_ALERTS = 100;
/** The day is what is watched. */
const FIXED = ['from', 'to', 'compare'];

const isObject = (value) => value && typeof value === 'object' && !Array.isArray(value);
const isText = (value) => typeof value === 'string' && value.length > 0 && value.length <= 200;
const isWhole = (value, min, max) => Number.isSafeInteger(value) && value >= min && value <= max;

const readTarget = ({ webhook, lang }) => {
  if (!isWebhook(webhook)) throw refuse(400, 'webhook', 'is no address that begins with http:// or https://');
  if (!['zh', 'en'].includes(lang)) throw refuse(400, 'lang', 'is zh or en');
};

const readAlert = (given, { alerts }) => {
  const { title, analysis, column, params = {}, webhook, weeks = 8, k = 5, lang = 'zh' } = given;
  if (!isText(title)) throw refuse(400, 'title', 'is no text of 1 to 200 characters');
  if (!analysisOf(analysis)) throw refuse(400, 'analysis', 'no such analysis');
  if (!isText(column)) throw refuse(400, 'column', 'is no text of 1 to 200 characters');
  if (!isObject(params)) throw refuse(400, 'params', 'is no object');
  const fixed = FIXED.find((key) => key in params);
  if (fixed) throw refuse(400, fixed, 'is not to be chosen for an alert');
  readTarget({ webhook, lang });
  if (!isWhole(weeks, 4, 52)) throw refuse(400, 'weeks', 'is no whole number from 4 to 52');
  if (typeof k !== 'number' || !(k > 0 && k <= 100)) throw refuse(400, 'k', 'is no number above 0, up to 100');
  const alert = { title, analysis, column, params, webhook, weeks, k, lang };
  return alerts.probe(alert).then(
    () => alert,
    (error) => {
      throw withStatus(error);
    },
  );
};

/**
 * Figures that are watched:
 * - `GET`, `POST /api/alerts`, `PATCH`, `DELETE …/:id` (`title`, `analysis`, `column`, `params`, `webhook`, `weeks`, `k`, `lang`)
 * - `GET …/:id?days=7` the last days with figure and band, to be drawn
 * - `POST …/:id/check` looks at yesterday now
 * - `POST …/test` (`title`, `webhook`, `lang`) sends a message that says it is a test
 */
export const registerAlerts = (app, context) => {
  const { settings, alerts } = context;
  const path = '/api/alerts';
  const list = createList(settings, 'alerts', MAX_ALERTS);

  app.get(path, async () => list.all());
  app.post(path, async ({ body }) => {
    if (!isObject(body)) throw refuse(400, 'body', 'is no object');
    return list.add({ ...(await readAlert(body, context)), sent: [] });
  });
  app.patch(`${path}/:id`, async ({ params: { id }, body }) => {
    if (!isObject(body)) throw refuse(400, 'body', 'is no object');
    return list.change(id, await readAlert({ ...list.find(id), ...body }, context));
  });
  app.delete(`${path}/:id`, async ({ params: { id } }) => list.remove(id));
  app.get(`${path}/:id`, async ({ params: { id }, query: { days = '7' } }) => {
    if (!/^\d{1,2}$/.test(days) || !isWhole(Number(days), 1, 31)) throw refuse(400, 'days', 'is no whole number from 1 to 31');
    const alert = list.find(id);
    try {
      return { ...alert, definition: BAND_DEFINITION, days: await alerts.band(alert, Number(days)) };
    } catch (error) {
      throw withStatus(error);
    }
  });
  app.post(`${path}/test`, async ({ body }) => {
    if (!isObject(body)) throw refuse(400, 'body', 'is no object');
    const { title = '', webhook, lang = 'zh' } = body;
    if (title !== '' && !isText(title)) throw refuse(400, 'title', 'is no text of 1 to 200 characters');
    readTarget({ webhook, lang });
    return { error: await alerts.test({ title, webhook, lang }) };
  });
  app.post(`${path}/:id/check`, async ({ params: { id } }) => {
    list.find(id);
    try {
      return await alerts.check(id);
    } catch (error) {
      throw withStatus(error);
    }
  });
};
