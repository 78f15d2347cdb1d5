/**
 * @typedef {object} Share
 * @property {string} id
 * @property {string | undefined} parent `undefined` for the first of a chain, or while its `share` event is missing.
 * @property {string} root
 * @property {number} depth
 * @property {string | undefined} by Whose share: an anonymous id.
 * @property {string | undefined} page
 * @property {string | undefined} method
 * @property {number} at
 * @property {number} opens By others than the one who shared.
 * @property {number} visitors How many of them.
 * @property {number} paid By those whom this share brought.
 * @property {number} paidBelow By all whom the chain below brought too.
 */

/**
 * Who brought whom, from the received events alone, each once. docs/share.md has the same in SQL.
 *
 * @param {Iterable<{ name: string, ts?: number, properties?: any, context?: any }>} events
 * @param {(event: any) => number} [amountOf] what an event is worth
 * @returns {Map<string, Share>}
 */
export const rebuildShares = (events, amountOf = ({ name, properties }) => (name === 'order_paid' ? properties.value : 0)) => {
  const shares = new Map();
  const visitors = new Map();
  const shareOf = (id, root, depth) => {
    if (!shares.has(id)) shares.set(id, { id, root, depth, opens: 0, visitors: 0, paid: 0, paidBelow: 0 });
    return shares.get(id);
  };
  const list = [...events];

  for (const { name, ts, properties, context } of list) {
    if (name === 'share') {
      const { share_id, parent_id, root_id, depth, page_path, method } = properties;
      const found = shareOf(share_id, root_id, depth);
      Object.assign(found, { parent: parent_id, by: context.anonymous_id, page: page_path, method, at: ts });
    }
    // WeChat's preview in Moments is not the visitor yet, who comes by an entry of its own.
    if (name === 'share_open' && !properties.own && !context.single_page) {
      const share = shareOf(properties.share_id, properties.root_id, properties.depth);
      share.opens += 1;
      visitors.set(share, (visitors.get(share) ?? new Set()).add(context.anonymous_id));
    }
  }
  for (const [share, ids] of visitors) share.visitors = ids.size;

  for (const event of list) {
    const amount = amountOf(event);
    const { share_id, share_root_id, share_depth } = event.context ?? {};
    if (!amount || !share_id) continue;
    let share = shareOf(share_id, share_root_id, share_depth);
    share.paid += amount;
    // Up the chain, once each: a forged event must not lead in circles.
    for (const above = new Set(); share && !above.has(share); share = shares.get(share.parent)) {
      above.add(share);
      share.paidBelow += amount;
    }
  }
  return shares;
};
