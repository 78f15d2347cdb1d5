const ofDid = (...names) => Object.fromEntries(names.map((did) => [did, { did }]));

/** Numbers that are not told by the columns of their row: which keys name the people behind them. */
const OWN = {
  overview: {
    active_people: { state: 'active' },
    new_people: { state: 'new' },
    returning_people: { state: 'returning' },
    resurrected_people: { state: 'resurrected' },
    dormant_people: { state: 'dormant' },
    buyers: { state: 'buyers' },
    repeat_buyers: { state: 'repeat_buyers' },
  },
  channels: { new_people: { part: 'new' }, visitors: { part: 'visits' }, buyers: { part: 'buyers' } },
  links: { new_people: { part: 'new' }, visitors: { part: 'visits' }, buyers: { part: 'buyers' } },
  products: { viewed: { did: 'viewed' }, carted: { did: 'carted' }, bought: { did: 'bought' } },
  coupons: { claimed: { did: 'claimed' }, applied: { did: 'applied' }, denied: { did: 'denied' }, used: { did: 'used' } },
  triggers: ofDid('shown', 'taken', 'bought', 'held_out', 'held_out_bought'),
  recommended: ofDid('shown', 'tapped', 'tapped_bought', 'bought', 'held_out', 'held_out_bought'),
  priceBands: { viewed: { paid: 0 }, bought: { paid: 1 } },
};

/** The cell of a number in a row of an analysis, as `/people` takes it; `undefined` where nobody stands behind it. */
export const cellOf = ({ id, cell, number }, column, row) => {
  const own = OWN[id]?.[column];
  if (!cell || typeof row[column] !== 'number' || !(own || column === number)) return undefined;
  const keys = Object.keys(cell)
    .map((key) => [key, own?.[key] ?? row[key]])
    .filter(([, value]) => value !== undefined);
  return keys.some(([, value]) => value === null) ? undefined : Object.fromEntries(keys);
};
