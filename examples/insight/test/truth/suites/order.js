import { describe, expect, it } from 'vitest';
import { ask } from '../ask.js';

/** What stands first: the columns of each answer in the order in which they decide, `-` where the largest is first. */
const ORDERS = {
  eventNames: '-events name',
  attribution: 'value',
  channels: '-revenue -visits value',
  links: '-revenue -visits value',
  sessions: 'period',
  pages: '-views path',
  heat: 'line col',
  elements: '-taps path element kind',
  exposures: '-exposures path element',
  commission: '-earned sharer',
  shareBy: '-chain_revenue -people -cards value',
  shareK: 'day',
  groups: 'step',
  composition: '-people value',
  abc: 'grade',
  memberLifecycle: '-people stage',
  churn: '-people risk',
  repurchase: 'bucket',
  products: '-revenue product_id',
  priceBands: 'band',
  bestHour: 'weekday hour',
  triggers: '-shown rule',
  boughtTogether: 'product_id place',
  viewedThenBought: 'product_id place',
  recall: '-expected_value person',
  audit: 'day',
  delay: 'bucket',
  excludedTraffic: 'reason',
  versions: '-events host version',
  identities: '-logins -installations person',
  requests: '-began_at',
  stickiness: 'day',
  lifecycle: 'period state',
  planFacts: 'name prop_key kind',
};
const GIVEN = {
  heat: { page: 'pages/home/index' },
  composition: { by: 'app_version' },
  versions: { by: 'app_version' },
  priceBands: { edges: [300, 1000, 3000] },
  boughtTogether: { orders: 1 },
  viewedThenBought: { each: 100 },
  requests: { hours: 2400 },
  shareTree: { top: 5000 },
};

const compare = (keys) => (a, b) => {
  for (const key of keys) {
    const column = key.replace('-', '');
    if (a[column] === b[column]) continue;
    return a[column] < b[column] === (key[0] !== '-') ? -1 : 1;
  }
  return 0;
};

describe('rows', () => {
  it.each(Object.entries(ORDERS))('of %s are in their order: %s', async (id, order) => {
    const keys = order.split(' ');
    const rows = await ask(id, GIVEN[id]);
    expect(rows.length).toBeGreaterThan(1);
    for (const key of keys) expect(rows[0]).toHaveProperty(key.replace('-', ''));
    expect(rows).toEqual([...rows].sort(compare(keys)));
  });
});
