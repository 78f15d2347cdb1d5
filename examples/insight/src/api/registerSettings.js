import { dayIn, isDay } from '../analyses/days.js';
import { analysisOf } from '../analyses/index.js';
import { readCommon } from '../analyses/parameters.js';
import { analysisSql, runAnalysis, runPeople } from '../analyses/run.js';
import { readCosts } from './costs.js';
import { createList } from './createList.js';
import { linkTargets, newCode } from './linkCodes.js';
import { readRules } from './phoneRules.js';
import { refuse, withStatus } from './refuse.js';
import { sendCsv } from './registerAnalyses.js';

const MAX_SAVED = 2000;
const MAX_COUPONS = 100;

const text = (value, field, max = 200, needed = true) => {
  if (value === undefined || value === null || value === '') {
    if (needed) throw refuse(400, field, 'is missing');
    return '';
  }
  if (typeof value !== 'string' || value.length > max) throw refuse(400, field, `is no text of at most ${max} characters`);
  return value;
};

const object = (value, field) => {
  if (!value || typeof value !== 'object' || Array.isArray(value)) throw refuse(400, field, 'is no object');
  return value;
};

/** Saved segments: rules, or the people behind a number of any report (`analysis`, `params`, `cell`). */
const registerSegments = (app, { settings, store, env }) => {
  const memberRows = async (saved, limit) => {
    const analysis = analysisOf(saved.analysis);
    return runPeople(store, analysis, { ...saved.common, ...saved.params }, saved.cell, env(), { limit });
  };
  const list = createList(settings, 'segments', MAX_SAVED);
  app.get('/api/segments', async () => list.all());
  const read = async ({ name, analysis = 'segment', params = {}, cell = {}, common = {} }) => {
    const entry = {
      name: text(name, 'name'),
      analysis: text(analysis, 'analysis'),
      params: object(params, 'params'),
      cell,
      common: object(common, 'common'),
    };
    if (!analysisOf(entry.analysis)) throw refuse(400, 'analysis', 'no such analysis');
    try {
      // Whatever does not run is not saved: it would fail in every report that is filtered by it.
      const { total } = await memberRows(entry, 1);
      return { entry, people: total };
    } catch (error) {
      throw withStatus(error);
    }
  };
  app.post('/api/segments', async ({ body }) => {
    const { entry, people } = await read(object(body, 'body'));
    return { ...(await list.add(entry)), people };
  });
  app.patch('/api/segments/:id', async ({ params: { id }, body }) => {
    const { entry, people } = await read({ ...list.find(id), ...object(body, 'body') });
    return { ...(await list.change(id, entry)), people };
  });
  app.delete('/api/segments/:id', async ({ params: { id } }) => {
    const tag = settings.get('tags').find(({ segment }) => segment === id);
    if (tag) throw refuse(400, 'id', `the tag ${tag.name} is of it: remove the tag first`);
    return list.remove(id);
  });
  app.get('/api/segments/:id/csv', async ({ params: { id } }, reply) => {
    const { people, unit } = await memberRows(list.find(id), 1_000_000);
    return sendCsv(
      reply,
      `segment-${id}`,
      people.map((member) => ({ [unit === 'persons' ? 'person' : 'visitor']: member })),
    );
  });
};

const registerTags = (app, { settings, tags, segments }) => {
  const list = createList(settings, 'tags', MAX_SAVED);
  app.get('/api/tags', async () => tags.list());
  const read = ({ id, name, segment }) => {
    const entry = { name: text(name, 'name', 50), segment: text(segment, 'segment') };
    if (!segments().has(entry.segment)) throw refuse(400, 'segment', 'no such segment');
    if (list.all().some((tag) => tag.name === entry.name && tag.id !== id)) throw refuse(400, 'name', 'is taken');
    return entry;
  };
  app.post('/api/tags', async ({ body }) => {
    const tag = await list.add(read(object(body, 'body')));
    await tags.compute();
    return tag;
  });
  app.patch('/api/tags/:id', async ({ params: { id }, body }) => {
    const tag = await list.change(id, read({ ...list.find(id), ...object(body, 'body'), id }));
    await tags.compute();
    return tag;
  });
  app.delete('/api/tags/:id', async ({ params: { id } }) => list.remove(id));
};

const registerCosts = (app, { settings, loadCosts }) => {
  app.get('/api/costs', async () => settings.get('costs'));
  /** Days that the file names are replaced as a whole, so that a file may be sent again. */
  app.post('/api/costs', async (request) => {
    let rows;
    try {
      rows = readCosts(typeof request.body === 'string' ? request.body : text(request.body?.csv, 'csv', 1_000_000));
    } catch (error) {
      throw error.statusCode ? error : refuse(400, 'csv', error.message);
    }
    const days = new Set(rows.map(({ day }) => day));
    await settings.set('costs', [...settings.get('costs').filter(({ day }) => !days.has(day)), ...rows]);
    await loadCosts();
    return { rows: rows.length, days: days.size };
  });
  app.delete('/api/costs/:day', async ({ params: { day } }) => {
    const kept = settings.get('costs').filter((row) => row.day !== day);
    if (kept.length === settings.get('costs').length) throw refuse(404, 'day', 'no costs of this day');
    await settings.set('costs', kept);
    await loadCosts();
    return { removed: day };
  });
};

/** Campaigns of the shop: a name, its days, the utm_campaign of its links and the coupons that it gave. */
const registerCampaigns = (app, { settings }) => {
  const list = createList(settings, 'campaigns', MAX_SAVED);
  const read = ({ name, campaign, from, to, coupons = [] }) => {
    const entry = { name: text(name, 'name'), campaign: text(campaign, 'campaign', 100, false), from, to, coupons };
    for (const day of ['from', 'to']) if (!isDay(entry[day])) throw refuse(400, day, 'is no day');
    if (from > to) throw refuse(400, 'from', 'is after `to`');
    if (!Array.isArray(coupons) || coupons.length > MAX_COUPONS)
      throw refuse(400, 'coupons', `is no list of ${MAX_COUPONS} at most`);
    return { ...entry, coupons: coupons.map((id) => text(id, 'coupons', 128)) };
  };
  app.get('/api/campaigns', async () => list.all());
  app.post('/api/campaigns', async ({ body }) => list.add(read(object(body, 'body'))));
  app.patch('/api/campaigns/:id', async ({ params: { id }, body }) =>
    list.change(id, read({ ...list.find(id), ...object(body, 'body') })),
  );
  app.delete('/api/campaigns/:id', async ({ params: { id } }) => list.remove(id));
};

const registerLinks = (app, { settings, store, env, timeZone }) => {
  const list = createList(settings, 'links', MAX_SAVED);
  app.get('/api/links', async () => list.all().map((link) => ({ ...link, ...linkTargets(link) })));
  app.post('/api/links', async (request) => {
    const { page, campaign, source, medium, owner, cost = 0, web_url, name } = request.body || {};
    const link = {
      code: newCode(),
      name: text(name, 'name', 200, false),
      page: text(page, 'page', 500),
      campaign: text(campaign, 'campaign', 100),
      source: text(source, 'source', 100),
      medium: text(medium, 'medium', 100, false),
      owner: text(owner, 'owner', 100, false),
      cost: Number(cost),
      web_url: text(web_url, 'web_url', 1000, false),
    };
    if (!Number.isFinite(link.cost) || link.cost < 0) throw refuse(400, 'cost', 'is no number from 0');
    try {
      linkTargets(link);
    } catch {
      throw refuse(400, 'web_url', 'is no address');
    }
    return { ...(await list.add(link)), ...linkTargets(link) };
  });
  app.delete('/api/links/:id', async ({ params: { id } }) => list.remove(id));
  /**
   * The report by link. The cost of a link is of all that it brings: it is held against what came of it only where the range
   * reaches back to the day on which it was made, and nobody is left out.
   */
  app.get('/api/links/report', async (request) => {
    try {
      const { filters, segment } = readCommon(request.query, env().today);
      const { rows, range } = await runAnalysis(store, analysisOf('links'), request.query, env());
      const isWhole = (madeAt = 0) => !filters.length && !segment && range.from <= dayIn(timeZone, madeAt);
      const found = new Map(rows.map((row) => [row.value, row]));
      const empty = { new_people: 0, visits: 0, visitors: 0, orders: 0, buyers: 0, revenue: 0 };
      return {
        range,
        rows: list.all().map(({ code, name, campaign, owner, cost, created_at }) => {
          const { value, roi, cost_per_new, cost: ofTable, ...row } = found.get(code) || empty;
          const known = isWhole(created_at) ? cost : 0;
          return {
            code,
            name,
            campaign,
            owner,
            ...row,
            cost,
            roi: known ? (row.revenue - known) / known : null,
            cost_per_new: known && row.new_people ? known / row.new_people : null,
          };
        }),
      };
    } catch (error) {
      throw withStatus(error);
    }
  });
};

/** Saved questions, in the order of the board: an analysis, its parameters and a title. */
const registerBoards = (app, { settings, store, env }) => {
  const readQuestion = ({ title, analysis, params = {} }) => {
    const question = { title: text(title, 'title'), analysis: text(analysis, 'analysis'), params: object(params, 'params') };
    if (!analysisOf(question.analysis)) throw refuse(400, 'analysis', 'no such analysis');
    try {
      analysisSql(store.engine, analysisOf(question.analysis), question.params, env());
    } catch (error) {
      throw withStatus(error);
    }
    return question;
  };
  const list = createList(settings, 'boards', MAX_SAVED);
  app.get('/api/boards', async () => list.all());
  app.post('/api/boards', async ({ body }) => list.add(readQuestion(object(body, 'body'))));
  app.patch('/api/boards/:id', async ({ params: { id }, body }) =>
    list.change(id, readQuestion({ ...list.find(id), ...object(body, 'body') })),
  );
  /** All ids, each once: a list made before somebody else saved a question would lose theirs. */
  app.put('/api/boards/order', async ({ body }) => {
    const byId = new Map(list.all().map((question) => [question.id, question]));
    const { ids } = object(body, 'body');
    if (!Array.isArray(ids) || ids.length !== byId.size || new Set(ids).size !== byId.size || !ids.every((id) => byId.has(id)))
      throw refuse(400, 'ids', 'does not name each entry once');
    const ordered = ids.map((id) => byId.get(id));
    await settings.set('boards', ordered);
    return ordered;
  });
  app.delete('/api/boards/:id', async ({ params: { id } }) => list.remove(id));
};

/** Rules that act on phones: the collector answers them to the plugin `remoteRules`. */
const registerRules = (app, { settings }) => {
  app.get('/api/rules', async () => ({ rules: settings.get('rules') }));
  app.put('/api/rules', async ({ body }) => {
    await settings.set('rules', readRules(body));
    return { rules: settings.get('rules') };
  });
  app.delete('/api/rules', async () => {
    await settings.set('rules', null);
    return { rules: null };
  });
};

/** What the merchant types in: saved segments, tags, costs, links and codes, campaigns, boards. */
export const registerSettings = (app, context) => {
  registerSegments(app, context);
  registerTags(app, context);
  registerCosts(app, context);
  registerLinks(app, context);
  registerCampaigns(app, context);
  registerBoards(app, context);
  registerRules(app, context);
};
