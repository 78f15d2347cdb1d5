import { randomUUID } from 'node:crypto';
import { addDays, hourIn } from '../analyses/days.js';
import { analysisOf } from '../analyses/index.js';
import { ParameterError } from '../analyses/parameterError.js';
import { runAnalysis } from '../analyses/run.js';
import { createTicker } from '../createTicker.js';
import { callWebhook } from '../webhook/callWebhook.js';
import { robotTest, robotText } from './robotText.js';
import { usualBand } from './usualBand.js';

const TICK_MS = 600_000;
/** What happened in the last minutes of a day has an hour to arrive. */
const CHECK_HOUR = 1;
/** So far back a new alert is tried: some day of them has a row. */
const PROBE_DAYS = 28;
const MAX_KEPT = 100;

/**
 * Watches figures: an analysis and a column of it, by day, against what is usual for the weekday.
 *
 * @param {object} parts
 * @param {any} parts.store
 * @param {any} parts.settings
 * @param {string} parts.timeZone
 * @param {() => any} parts.env As analyses take it.
 * @param {() => number} parts.now
 */
export const createAlerts = ({ store, settings, timeZone, env, now }) => {
  /** @type {Map<string, string>} the day for which a tick looked at an alert */
  const checked = new Map();
  /** Figures of days that grow no more: of today, and with the costs as they were typed in. */
  let settled = { today: '', costs: undefined, figures: /** @type {Map<string, number | null>} */ (new Map()) };
  const settledFigures = () => {
    const [today, costs] = [env().today, settings.get('costs')];
    if (settled.today !== today || settled.costs !== costs) settled = { today, costs, figures: new Map() };
    return settled.figures;
  };

  const figure = async (/** @type {any} */ { analysis, column, params }, /** @type {string} */ day) => {
    const key = JSON.stringify([analysis, column, params, day]);
    const figures = settledFigures();
    const known = figures.get(key);
    if (known !== undefined) return known;
    const { raw, growing_from } = await runAnalysis(store, analysisOf(analysis), { ...params, from: day, to: day }, env());
    if (raw.length > 1) throw new ParameterError('params', 'give more than one row a day: choose one figure');
    const value = raw.length ? raw[0][column] : 0;
    if (value !== null && typeof value !== 'number') throw new ParameterError('column', 'is no column with a number');
    // Who is in a segment may have come into it since.
    if (!growing_from && !params.segment) figures.set(key, value);
    return value;
  };

  const firstDay = async () => {
    const [row] = await store.query(
      'SELECT min(day) AS day, count(*) AS n FROM events WHERE excluded IS NULL',
      {},
      env().query,
    );
    return row.n ? row.day : undefined;
  };

  const judge = async (/** @type {any} */ alert, /** @type {string} */ day, /** @type {string | undefined} */ first) => {
    const value = await figure(alert, day);
    const values = [];
    for (let week = 1; week <= alert.weeks; week++) {
      const earlier = addDays(day, -7 * week);
      const before = first !== undefined && earlier >= first ? await figure(alert, earlier) : null;
      if (before !== null) values.push(before);
    }
    const band = usualBand(values, alert.k);
    if (!band || value === null) return { day, value, median: null, low: null, high: null, ...band, state: 'unknown' };
    return { day, value, ...band, state: value < band.low ? 'low' : value > band.high ? 'high' : 'usual' };
  };

  const change = (/** @type {string} */ id, /** @type {(alert: any) => any} */ how) =>
    settings.set(
      'alerts',
      settings.get('alerts').map((/** @type {any} */ alert) => (alert.id === id ? how(alert) : alert)),
    );

  /** What went wrong, or nothing. */
  const post = async (/** @type {string} */ webhook, /** @type {object} */ message, /** @type {string} */ key) => {
    const answer = await callWebhook(webhook, message, { key, now: now(), signal: ticker.signal });
    if (answer.outcome !== 'sent') return answer.error;
    // Robots answer 200 and say in the body what is wrong: {"errcode":93000,"errmsg":"invalid webhook url"}.
    return /"errcode"\s*:\s*(?!0\b)-?\d/.test(answer.text) ? answer.text : '';
  };

  const send = async (/** @type {any} */ alert, /** @type {any} */ judged) => {
    if (alert.sent.some((/** @type {any} */ { day }) => day === judged.day)) return;
    // First the mark, then the message: it may be lost, it never comes twice.
    await change(alert.id, ({ sent, ...rest }) => ({ ...rest, sent: [...sent, { ...judged, error: '' }].slice(-MAX_KEPT) }));
    const error = await post(alert.webhook, robotText(alert, judged), `${alert.id} ${judged.day}`);
    if (error)
      await change(alert.id, ({ sent, ...rest }) => ({
        ...rest,
        sent: sent.map((/** @type {any} */ each) => (each.day === judged.day ? { ...each, error } : each)),
      }));
  };

  const find = (/** @type {string} */ id) => settings.get('alerts').find((/** @type {any} */ alert) => alert.id === id);

  /** Looks at yesterday, and sends where it is out of its band and was not sent yet. */
  const check = (/** @type {string} */ id) =>
    ticker.lock(async () => {
      const alert = find(id);
      if (!alert) return undefined;
      const day = addDays(env().today, -1);
      const judged = await judge(alert, day, await firstDay());
      if (find(id) && /low|high/.test(judged.state)) await send(find(id), judged);
      return judged;
    });

  const tick = async () => {
    let failure;
    if (hourIn(timeZone, now()) < CHECK_HOUR) return;
    const day = addDays(env().today, -1);
    for (const { id } of settings.get('alerts')) {
      if (ticker.signal.aborted) return;
      if (checked.get(id) === day) continue;
      try {
        await check(id);
        checked.set(id, day);
      } catch (error) {
        // A figure that fails holds up no other.
        failure = error;
      }
    }
    if (failure) throw failure;
  };
  const ticker = createTicker(TICK_MS, tick);

  return {
    /** Looks at every figure once a day. */
    tick,
    check,
    /** Sends a message that says it is a test; answers what went wrong, or an empty text. */
    test: (/** @type {any} */ { webhook, ...about }) => post(webhook, robotTest(about), `test ${randomUUID()}`),
    /** The last days up to yesterday, each with its figure and its band. */
    band: async (/** @type {any} */ alert, /** @type {number} */ days) => {
      const first = await firstDay();
      const found = [];
      for (let ago = days; ago >= 1; ago--) found.push(await judge(alert, addDays(env().today, -ago), first));
      return found;
    },
    /** Throws where an alert names no figure. */
    probe: async (/** @type {any} */ { analysis, column, params }) => {
      const to = addDays(env().today, -1);
      await figure({ analysis, column, params }, to);
      const range = { ...params, from: addDays(to, -PROBE_DAYS), to };
      const { raw } = await runAnalysis(store, analysisOf(analysis), range, env());
      if (raw.length && raw[0][column] !== null && typeof raw[0][column] !== 'number')
        throw new ParameterError('column', 'is no column with a number');
    },
    start: ticker.start,
    stop: ticker.stop,
  };
};
