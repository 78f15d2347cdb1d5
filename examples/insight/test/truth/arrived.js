/**
 * What the journal holds, read by hand: each event once with its corrected time. Nothing here looks at SQL.
 */
const TOLERANCE_MS = 120_000;

const excludedOf = ({ name, type, properties = {} }, context) => {
  if (context.single_page) return 'single_page';
  if (['develop', 'development', 'trial', 'preview'].includes(context.app_env)) return 'test';
  if (String(context.source?.is_automated) === 'true') return 'automated';
  if (type === 'server') return 'server';
  if (name === 'share_open' && properties.own) return 'own';
  return name === 'experiment_exposure' && properties.overridden ? 'overridden' : '';
};

/** By launch: how far the collector's clock was ahead, by the batch in which both differed least. */
const skewsOf = (batches) => {
  const skews = new Map();
  for (const { received_at, body } of batches)
    for (const { boot, context } of body.batch) {
      const key = `${body.contexts[context].anonymous_id} ${boot}`;
      const skew = received_at - body.sent_at;
      if (!skews.has(key) || Math.abs(skew) < Math.abs(skews.get(key))) skews.set(key, skew);
    }
  return skews;
};

/** @param {string[]} lines */
export const arrivedOf = (lines) => {
  const batches = lines.map((line) => JSON.parse(line));
  const skews = skewsOf(batches);
  const ids = new Set();
  const events = [];
  const requests = batches.map(({ received_at, body }) => {
    let repeats = 0;
    for (const event of body.batch) {
      const context = body.contexts[event.context];
      if (ids.has(event.id)) repeats++;
      else {
        ids.add(event.id);
        const skew = skews.get(`${context.anonymous_id} ${event.boot}`);
        const happened = (event.name === 'page_leave' && event.properties.ended_at) || event.ts;
        const t = happened + (Math.abs(skew) <= TOLERANCE_MS ? 0 : skew);
        events.push({ ...event, context, received_at, t, excluded: excludedOf(event, context) });
      }
    }
    return { received_at, events: body.batch.length, repeats };
  });
  return { events, requests };
};
