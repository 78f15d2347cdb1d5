/**
 * The endpoint of the simulator: takes batches in minitrail's `json` format, keeps every arrival in an
 * NDJSON file, and does the sums that show whether anything got lost.
 *
 * - `POST /v1/events`  a batch, answered with `{"accepted":[ids],"rejected":[ids]}`
 * - `GET  /sim/events` Server-Sent Events: `hello` (everything so far), then `request`, `events`, `mode`
 * - `GET  /sim/state`  the same as `hello`, once
 * - `GET`/`POST /sim/mode` `{"mode":"ok"}`: how the endpoint answers from now on
 */
import { createEventFile, readEventFile } from './collector/eventFile.mjs';
import { createFaults, isMode, MODES } from './collector/faults.mjs';
import { createLedger } from './collector/ledger.mjs';
import { parseBatch } from './collector/parseBatch.mjs';
import { MAX_BODY_BYTES, readBody } from './collector/readBody.mjs';
import { createSubscribers } from './collector/subscribers.mjs';
import { pathOf } from './server/pathOf.mjs';

/**
 * @typedef {import('./collector/ledger.mjs').Arrival} Arrival
 * @typedef {import('./collector/ledger.mjs').RequestRecord} RequestRecord
 *
 * @typedef {object} CollectorOptions
 * @property {string} file Where arrivals are appended, one JSON object per line. Its folder is created.
 * @property {(arrivals: Arrival[]) => void} [onEvents] After a batch was written to the file.
 * @property {(body: string) => void} [onBatch] Likewise, with the body of the request as it came.
 * @property {(request: RequestRecord) => void} [onRequest] Once per answered `POST /v1/events`.
 * @property {(anonymousId: string) => object | undefined} [says] To the plugins of the phone, as `minitrail` in the answer.
 * @property {() => number} [now]
 *
 * @typedef {object} Collector
 * @property {(req: import('node:http').IncomingMessage, res: import('node:http').ServerResponse) => Promise<boolean>} handle
 *   Answers `/v1/events` and `/sim/*`; `false` means the URL belongs to somebody else.
 * @property {() => import('./collector/ledger.mjs').CollectorState} state
 * @property {(mode: import('./collector/faults.mjs').Mode) => void} setMode
 * @property {() => Promise<void>} close Ends open streams and hanging answers, and finishes writing.
 */

const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'content-type, content-encoding, authorization',
  // The tracker reads these two; without the list a browser hides them from another origin.
  'access-control-expose-headers': 'date, retry-after',
  'access-control-max-age': '600',
};

/**
 * @param {CollectorOptions} options
 * @returns {Collector}
 *
 * @example
 * const collector = createCollector({ file: '.data/events.ndjson' });
 * createServer(async (req, res) => { (await collector.handle(req, res)) || res.writeHead(404).end(); });
 */
export const createCollector = ({ file, onEvents, onBatch, onRequest, says = () => undefined, now = Date.now }) => {
  const ledger = createLedger();
  const faults = createFaults();
  const subscribers = createSubscribers();
  const eventFile = createEventFile(file);
  ledger.take(readEventFile(file));

  const state = () => ({ ...ledger.state(), mode: faults.mode });

  const setMode = (/** @type {import('./collector/faults.mjs').Mode} */ mode) => {
    faults.mode = mode;
    subscribers.send('mode', { mode });
  };

  /** @param {import('node:http').ServerResponse} res @param {number} status @param {unknown} body */
  const answer = (res, status, body, headers = {}) =>
    res
      .writeHead(status, { ...CORS_HEADERS, 'content-type': 'application/json; charset=utf-8', ...headers })
      .end(JSON.stringify(body));

  /** @param {RequestRecord} request */
  const report = (request) => {
    ledger.countRequest(request);
    subscribers.send('request', { request, totals: ledger.state().totals });
    onRequest?.(request);
  };

  /** @type {Collector['handle']} */
  const takeBatch = async (req, res) => {
    const received_at = now();
    const body = await readBody(req);
    /** @type {RequestRecord} */
    const request = {
      at: received_at,
      status: 200,
      bytes: body.bytes,
      batch_id: null,
      events: 0,
      repeats: 0,
      rejected: 0,
      mode: faults.mode,
      error: null,
    };
    const refuse = (/** @type {number} */ status, /** @type {string} */ error, headers = {}) => {
      report({ ...request, status, error });
      answer(res, status, { error }, headers);
      return true;
    };

    if (body.error) {
      // The rest of a far too large body is not read, so the connection cannot be used again.
      return refuse(body.error.status, body.error.message, { connection: 'close' });
    }
    const parsed = parseBatch(body.text);
    if (parsed.batch) {
      request.batch_id = parsed.batch.batch_id;
      request.events = parsed.batch.accepted.length + parsed.batch.rejected.length;
    }

    const fault = faults.answer(res);
    if (fault === 'hang') {
      report({ ...request, status: 0, error: 'no answer (mode "hang")' });
      return true;
    }
    if (fault) return refuse(fault.status, fault.message, fault.headers);
    if (!parsed.batch) return refuse(400, parsed.error);

    const { batch_id, sent_at, accepted, rejected, drops } = parsed.batch;
    const lines = accepted.map((event) => ({ ...event, received_at, batch_id, sent_at }));
    try {
      // Acknowledge only what is on disk: an answer is what lets the phone forget an event.
      await eventFile.append(lines);
    } catch (error) {
      return refuse(500, `could not write ${file}: ${/** @type {Error} */ (error).message}`);
    }
    onBatch?.(body.text);
    const arrivals = ledger.take(lines);
    ledger.countDrops({ batch_id, lines, drops });
    ledger.countRejected(rejected);

    const ids = { accepted: accepted.map(({ id }) => id), rejected: rejected.flatMap(({ id }) => (id ? [id] : [])) };
    request.repeats = arrivals.filter(({ repeat }) => repeat).length;
    request.rejected = rejected.length;
    if (faults.mode === 'lost') {
      // Cut in the middle: after a bare disconnect a browser repeats the request by itself, unseen by the app.
      res.writeHead(200, { ...CORS_HEADERS, 'content-length': '1000' }).write('{', () => res.destroy());
      report({ ...request, status: 0, error: 'taken, answer lost (mode "lost")' });
    } else {
      const minitrail = says(String(accepted[0]?.context.anonymous_id));
      answer(res, 200, minitrail ? { ...ids, minitrail } : ids);
      report(request);
    }
    if (arrivals.length > 0 || rejected.length > 0) {
      const { totals, audit, shares } = ledger.state();
      subscribers.send('events', { arrivals, rejected, totals, audit, shares });
      onEvents?.(arrivals);
    }
    return true;
  };

  /** @type {Collector['handle']} */
  const switchMode = async (req, res) => {
    const body = await readBody(req);
    let mode;
    try {
      mode = JSON.parse(body.text).mode;
    } catch {
      mode = undefined; // Not JSON: answered below with what would have been right.
    }
    if (!isMode(mode)) {
      answer(res, 400, { error: `mode must be one of ${MODES.join(', ')}, as in {"mode":"ok"}` });
      return true;
    }
    setMode(mode);
    answer(res, 200, { mode });
    return true;
  };

  return {
    async handle(req, res) {
      const pathname = pathOf(req);
      switch (pathname) {
        case '/v1/events':
          if (req.method === 'POST') return takeBatch(req, res);
          if (req.method === 'OPTIONS') res.writeHead(204, CORS_HEADERS).end();
          else answer(res, 405, { error: 'send batches with POST' }, { allow: 'POST, OPTIONS' });
          return true;
        case '/sim/events':
          subscribers.add(res, 'hello', state());
          return true;
        case '/sim/state':
          answer(res, 200, state());
          return true;
        case '/sim/mode':
          if (req.method === 'POST') return switchMode(req, res);
          answer(res, 200, { mode: faults.mode });
          return true;
        default:
          return false;
      }
    },
    state,
    setMode,
    async close() {
      faults.close();
      subscribers.close();
      await eventFile.close();
    },
  };
};

export { MAX_BODY_BYTES, MODES };
