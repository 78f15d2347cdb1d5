import { COMMON } from '../analyses/common.js';
import { ANALYSES } from '../analyses/index.js';
import { analysisSql, runAnalysis, runPeople } from '../analyses/run.js';
import { toCsv } from './csv.js';
import { refuse, withStatus } from './refuse.js';

const MAX_PEOPLE = 100_000;

/** Parameters come in the query of a GET or the JSON of a POST. */
const givenOf = (request) => ({
  ...request.query,
  ...(request.method === 'POST' && request.body && typeof request.body === 'object' ? request.body : {}),
});

export const sendCsv = (reply, name, rows, columns) =>
  reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(toCsv(rows, columns));

const whole = (value, fallback, max) => {
  const number = value === undefined ? fallback : Number(value);
  if (!Number.isSafeInteger(number) || number < 0 || number > max)
    throw refuse(400, 'limit', `is no whole number up to ${max}`);
  return number;
};

const describe = (analysis, context) => {
  const { id, group, title, definition, params } = analysis;
  const { sql, keys, number } = analysisSql(context.store.engine, analysis, {}, context.env());
  return {
    id,
    group,
    title,
    definition,
    parameters: params,
    cell: keys && Object.fromEntries(Object.entries(keys).map(([key, { type }]) => [key, type])),
    // The column that counts these people, where it is one.
    number: typeof number === 'string' ? number : undefined,
    sql,
  };
};

const handle = (run) => async (request, reply) => {
  try {
    return await run(request, reply);
  } catch (error) {
    throw withStatus(error);
  }
};

/**
 * For each analysis, generated from its description:
 * - `/api/analyses/:id` its rows, `…/people` the people behind a number (`cell`, `limit`, `offset`)
 * - `/api/analyses/:id/csv` and `…/people/csv` the same as files
 *
 * and `/api/analyses`, which tells all of this, the definitions and the SQL.
 */
export const registerAnalyses = (app, context) => {
  app.get('/api/analyses', async () => ({
    today: context.today(),
    time_zone: context.timeZone,
    engine: context.store.engine,
    /** Where the page leads to the shop, if it can. */
    shop: context.shopUrl ? '/shop' : null,
    common: COMMON,
    analyses: ANALYSES.map((analysis) => describe(analysis, context)),
  }));
  for (const analysis of ANALYSES) {
    const url = `/api/analyses/${analysis.id}`;
    const method = ['GET', 'POST'];
    const answer = async (request) => {
      const { raw, ...rest } = await runAnalysis(context.store, analysis, givenOf(request), context.env());
      return { rest, raw };
    };
    app.route({ method, url, handler: handle(async (request) => (await answer(request)).rest) });
    app.route({
      method,
      url: `${url}/csv`,
      handler: handle(async (request, reply) => sendCsv(reply, analysis.id, (await answer(request)).raw)),
    });
    const people = (request, limit) => {
      const { cell, limit: ofPage, offset, ...given } = givenOf(request);
      return runPeople(context.store, analysis, given, cell ?? {}, context.env(), {
        limit: limit ?? whole(ofPage, 1000, MAX_PEOPLE),
        offset: whole(offset, 0, 1e9),
      });
    };
    app.route({ method, url: `${url}/people`, handler: handle((request) => people(request)) });
    app.route({
      method,
      url: `${url}/people/csv`,
      handler: handle(async (request, reply) => {
        const { people: members, unit } = await people(request, MAX_PEOPLE);
        return sendCsv(
          reply,
          `${analysis.id}-people`,
          members.map((member) => ({ [unit === 'persons' ? 'person' : 'visitor']: member })),
        );
      }),
    });
  }
};
