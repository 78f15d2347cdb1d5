import { addDays } from '../analyses/days.js';
import { analysisOf } from '../analyses/index.js';
import { runAnalysis } from '../analyses/run.js';
import { checkPlan, planProblem, planToTypeScript, trackingPlan } from '../plan/trackingPlan.js';
import { toCsv } from './csv.js';
import { refuse, withStatus } from './refuse.js';
import { sendCsv } from './registerAnalyses.js';
import { registerPerson } from './registerPerson.js';

const SQL_TIMEOUT_MS = 10_000;
const SQL_MAX_ROWS = 10_000;
const SILENT_DAYS = 7;

/** For the shop's own server: what to show, whom to write to. */
const registerActions = (app, { recommendations, settings, store, env }) => {
  app.get('/api/recommendations', async ({ query: { product, person, kind = 'together', limit = '10' } }) => {
    if (!['together', 'viewed'].includes(kind)) throw refuse(400, 'kind', 'is together or viewed');
    if (!/^\d{1,2}$/.test(limit)) throw refuse(400, 'limit', 'is a number up to 99');
    return recommendations.answer({ product, person, kind, limit: Number(limit) });
  });
  app.put('/api/stock', async (request) => {
    const { out_of_stock: gone } = request.body || {};
    if (!Array.isArray(gone) || gone.length > 100_000 || gone.some((id) => typeof id !== 'string'))
      throw refuse(400, 'out_of_stock', 'is no list of product ids');
    await settings.set('out_of_stock', gone);
    return { out_of_stock: gone.length };
  });
  const recallRows = async (request) => {
    try {
      return await runAnalysis(store, analysisOf('recall'), request.query, env());
    } catch (error) {
      throw withStatus(error);
    }
  };
  app.get('/api/recall', async (request) => (await recallRows(request)).rows);
  app.get('/api/recall/csv', async (request, reply) => sendCsv(reply, 'recall', (await recallRows(request)).rows));
};

const registerPlan = (app, { settings, store, env, today }) => {
  app.get('/api/plan', async () => trackingPlan(settings.get('plan')));
  /** What the merchant added or changed: the list that PUT takes. */
  app.get('/api/plan/own', async () => settings.get('plan'));
  app.put('/api/plan', async (request) => {
    const events = request.body;
    if (!Array.isArray(events)) throw refuse(400, 'plan', 'is no list of events');
    const problem = events.map(planProblem).find(Boolean);
    if (problem) throw refuse(400, 'plan', problem);
    await settings.set('plan', events);
    return trackingPlan(events);
  });
  app.get('/api/plan/check', async (request) => {
    try {
      const { rows } = await runAnalysis(store, analysisOf('planFacts'), request.query, env());
      return { problems: checkPlan(trackingPlan(settings.get('plan')), rows, addDays(today(), -SILENT_DAYS)) };
    } catch (error) {
      throw withStatus(error);
    }
  });
  app.get('/api/plan/events.d.ts', async (_request, reply) =>
    reply.header('content-type', 'text/plain; charset=utf-8').send(planToTypeScript(trackingPlan(settings.get('plan')))),
  );
};

/** SQL of the merchant's own: one SELECT on the tables of the schema, stopped after ten seconds. */
const registerSql = (app, { store }) => {
  const rowsOf = async ({ sql } = {}) => {
    if (typeof sql !== 'string' || !sql.trim() || sql.length > 20_000) throw refuse(400, 'sql', 'is no SQL');
    const began = Date.now();
    try {
      const rows = await store.query(sql, {}, { readOnly: true, timeoutMs: SQL_TIMEOUT_MS, maxRows: SQL_MAX_ROWS });
      return { rows, truncated: rows.length >= SQL_MAX_ROWS, took_ms: Date.now() - began };
    } catch (error) {
      // What is wrong with the SQL is for whoever wrote it.
      throw withStatus(error).statusCode ? error : refuse(400, 'sql', error.message.slice(0, 1000));
    }
  };
  app.post('/api/sql', async (request) => rowsOf(request.body));
  app.post('/api/sql/csv', async (request, reply) =>
    reply.header('content-type', 'text/csv; charset=utf-8').send(toCsv((await rowsOf(request.body)).rows)),
  );
};

/** Services on top of the analyses. */
export const registerServices = (app, context) => {
  registerActions(app, context);
  registerPlan(app, context);
  registerSql(app, context);
  registerPerson(app, context);
};
