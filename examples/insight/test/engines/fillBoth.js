import { createEvents, createItems, createShares } from '../analyses/helpers/createEvents.js';
import { insertRows } from '../analyses/helpers/testStore.js';

/** The same history in both engines, instead of what they hold; answers how many events it has. */
export const fillBoth = async (duck, click, { events, persons, costs, drops, arrivals }) => {
  await duck.fill(events, { persons, costs, drops, arrivals });
  const rows = createEvents(events);
  const links = Object.entries(persons).map(([anonymous_id, id]) => ({ anonymous_id, kind: 'user_id', id, received_at: 1 }));
  await insertRows(duck.store, 'links', links);
  const tables = {
    events: rows,
    items: createItems(events, rows),
    shares: createShares(rows),
    persons: Object.entries(persons).map(([anonymous_id, person]) => ({ anonymous_id, person })),
    costs,
    drops,
    arrivals,
    links,
  };
  for (const [table, list] of Object.entries(tables)) {
    click.run(`TRUNCATE TABLE shop.${table}_rows`);
    await click.insert(table, list);
  }
  return rows.length;
};
