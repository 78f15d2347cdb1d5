import { describe, expect, it } from 'vitest';
import { rebuildShares } from './rebuildShares.js';

const share = (share_id, parent_id, root_id, depth) => ({
  name: 'share',
  properties: { share_id, parent_id, root_id, depth },
  context: { anonymous_id: `visitor of ${share_id}` },
});
const paid = (share_id, value) => ({ name: 'order_paid', properties: { value }, context: { share_id } });

describe('rebuildShares', () => {
  it('has a share of which only the opens have arrived', () => {
    const open = { share_id: 'b', root_id: 'a', depth: 2, own: false };
    const shares = rebuildShares([{ name: 'share_open', properties: open, context: { anonymous_id: 'v' } }, paid('b', 5)]);
    expect([...shares.values()]).toEqual([{ id: 'b', root: 'a', depth: 2, opens: 1, visitors: 1, paid: 5, paidBelow: 5 }]);
  });

  it('does not run in circles when somebody made one up', () => {
    const shares = rebuildShares([share('a', 'b', 'a', 2), share('b', 'a', 'a', 3), paid('b', 7)]);
    expect([...shares.values()].map(({ paidBelow }) => paidBelow)).toEqual([7, 7]);
  });

  it('adds what the caller counts', () => {
    const lead = { name: 'lead', properties: {}, context: { share_id: 'b' } };
    const shares = rebuildShares([share('a', undefined, 'a', 1), share('b', 'a', 'a', 2), lead, lead], ({ name }) =>
      Number(name === 'lead'),
    );
    expect([...shares.values()].map(({ paid: own, paidBelow }) => [own, paidBelow])).toEqual([
      [0, 2],
      [2, 2],
    ]);
  });
});
