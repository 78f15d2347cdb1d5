const sum = (cards, column) => cards.reduce((all, card) => all + card[column], 0);

const groupBy = (cards, keyOf) => {
  const groups = new Map();
  for (const card of cards) {
    const key = keyOf(card);
    if (groups.has(key)) groups.get(key).push(card);
    else groups.set(key, [card]);
  }
  return groups;
};

/**
 * Who brought whom, of the cards of `shareTree`: a node is a sharer with the cards that they made where somebody's cards had
 * brought them, and below it are those whom these cards brought. A sharer who came by two sharers stands below both.
 *
 * An order is credited to one card, so amounts of nodes beside one another add up: `revenue` came by the cards themselves,
 * `chain_revenue` by them and all below. `own_revenue` is what the sharer bought. `isCut`: the card above was not among the
 * rows. Nodes beside one another stand by a column, the largest first.
 */
export const forestOf = (rows, { column, isAscending } = { column: 'chain_revenue' }) => {
  const sign = isAscending ? -1 : 1;
  const known = new Set(rows.map(({ share_id: id }) => id));
  const below = groupBy(rows, ({ parent_id: parent }) => (known.has(parent) ? parent : ''));
  const build = (cards, level, parent) =>
    [...groupBy(cards, ({ sharer }) => sharer).values()]
      .map((made, i) => {
        const [first] = made;
        const node = {
          key: `${parent?.key ?? ''}/${i}`,
          sharer: first.sharer,
          parent,
          level,
          isCut: !parent && first.parent_id !== '',
          cards: made.length,
          opens: sum(made, 'opens'),
          new_people: sum(made, 'new_people'),
          orders: sum(made, 'orders'),
          revenue: sum(made, 'revenue'),
          chain_orders: sum(made, 'chain_orders'),
          chain_revenue: sum(made, 'chain_revenue'),
          own_orders: first.own_orders,
          own_revenue: first.own_revenue,
        };
        node.children = build(
          made.flatMap(({ share_id: id }) => below.get(id) ?? []),
          level + 1,
          node,
        );
        return node;
      })
      .sort((a, b) => sign * (b[column] - a[column]) || b.chain_revenue - a.chain_revenue || b.opens - a.opens);
  return build(below.get('') ?? [], 1);
};

/** The nodes that can be seen, parents first: below a node only where it is open. */
export const visibleOf = (nodes, isOpen) =>
  nodes.flatMap((node) => [node, ...(isOpen(node) ? visibleOf(node.children, isOpen) : [])]);

/** A node and all below it. */
export const allOf = (nodes) => visibleOf(nodes, () => true);

/** An id that is short enough to stand beside others: an installation's begins with what tells it apart. */
export const shortName = (id) => (id.length > 14 ? `${id.slice(0, 8)}…` : id);
