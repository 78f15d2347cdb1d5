import { randomUUID } from 'node:crypto';
import { BAND_DEFINITION } from '../alerts/usualBand.js';
import { analysisOf } from '../analyses/index.js';
import { isWebhook } from '../webhook/isWebhook.js';
import { refuse, withStatus } from './refuse.js';

const MAX_ALERTS = 100;
/** The day is what is watched. */
const FIXED = ['from', 'to', 'compare'];

const isObject = (value) => value && typeof value === 'object' && !Array.isArray(value);
const isText = (value) => typeof value === 'string' && value.length > 0 && value.length <= 200;
const isWhole = (value, min, max) => Number.isSafeInteger(value) && value >= min && value <= max;

const readAlert = (given, { alerts }) => {
  const { title, analysis, column, params = {}, webhook, weeks = 8, k = 5, lang = 'zh' } = given;
  if (!isText(title)) throw refuse(400, 'title', 'is no text of 1 to 200 characters');
  if (!analysisOf(analysis)) throw refuse(400, 'analysis', 'no such analysis');
  if (!isText(column)) throw refuse(400, 'column', 'is no text of 1 to 200 characters');
  if (!isObject(params)) throw refuse(400, 'params', 'is no object');
  const fixed = FIXED.find((key) => key in params);
  if (fixed) throw refuse(400, fixed, 'is not to be chosen for an alert');
  if (!isWebhook(webhook)) throw refuse(400, 'webhook', 'is no address that begins with http:// or https://');
  if (!isWhole(weeks, 4, 52)) throw refuse(400, 'weeks', 'is no whole number from 4 to 52');
  if (typeof k !== 'number' || !(k > 0 && k <= 100)) throw refuse(400, 'k', 'is no number above 0, up to 100');
  if (!['zh', 'en'].includes(lang)) throw refuse(400, 'lang', 'is zh or en');
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
 */
export const registerAlerts = (app, context) => {
  const { settings, alerts } = context;
  const path = '/api/alerts';
  const find = (id) => {
    const found = settings.get('alerts').find((alert) => alert.id === id);
    if (!found) throw refuse(404, 'id', 'no such alert');
    return found;
  };
  const replace = (id, changed) =>
    settings.set(
      'alerts',
      settings.get('alerts').flatMap((alert) => (alert.id === id ? changed : [alert])),
    );

  app.get(path, async () => settings.get('alerts'));
  app.post(path, async ({ body }) => {
    if (!isObject(body)) throw refuse(400, 'body', 'is no object');
    const alert = { id: randomUUID(), ...(await readAlert(body, context)), sent: [], created_at: Date.now() };
    const list = settings.get('alerts');
    if (list.length >= MAX_ALERTS) throw refuse(400, 'alerts', `are ${MAX_ALERTS} at most`);
    await settings.set('alerts', [...list, alert]);
    return alert;
  });
  app.patch(`${path}/:id`, async ({ params: { id }, body }) => {
    if (!isObject(body)) throw refuse(400, 'body', 'is no object');
    const changes = await readAlert({ ...find(id), ...body }, context);
    const changed = { ...find(id), ...changes };
    await replace(id, [changed]);
    return changed;
  });
  app.delete(`${path}/:id`, async ({ params: { id } }) => {
    find(id);
    await replace(id, []);
    return { removed: id };
  });
  app.get(`${path}/:id`, async ({ params: { id }, query: { days = '7' } }) => {
    if (!/^\d{1,2}$/.test(days) || !isWhole(Number(days), 1, 31)) throw refuse(400, 'days', 'is no whole number from 1 to 31');
    try {
      return { ...find(id), definition: BAND_DEFINITION, days: await alerts.band(find(id), Number(days)) };
    } catch (error) {
      throw withStatus(error);
    }
  });
  app.post(`${path}/:id/check`, async ({ params: { id } }) => {
    find(id);
    try {
      return await alerts.check(id);
    } catch (error) {
      throw withStatus(error);
    }
  });
};
