/** A page of a step; the rare ones of a step are one. The same page of another step is another node, so no way leads back. */
const keyOf = (step, path, other) => JSON.stringify([step, path, other]);

/**
 * The rows of `paths` as what flows: `nodes` with the sessions that came to a page as their nth (`sessions`) and of them those
 * that ended there (`ended`), and `links` from one step to the next, the largest first, at most `limit` of `of` in all. Nodes
 * stand in the order of time: of ways to a page, step 1 is the last.
 */
export const flowOf = (rows, { isBackwards = false, limit = Number.POSITIVE_INFINITY } = {}) => {
  const nodes = new Map();
  const nodeOf = (step, path, other) => {
    const key = keyOf(step, path, other);
    if (!nodes.has(key)) nodes.set(key, { key, step, path, isOther: other === 1, sessions: 0, ended: 0 });
    return nodes.get(key);
  };
  const links = [];
  for (const row of rows) {
    const node = nodeOf(row.step, row.node, row.other);
    node.sessions += row.sessions;
    if (row.ends) node.ended += row.sessions;
    else links.push({ row, from: node, to: nodeOf(row.step + 1, row.next_node, row.next_other), sessions: row.sessions });
  }
  const last = Math.max(1, ...[...nodes.values()].map(({ step }) => step));
  const known = [...nodes.values()].filter(({ sessions }) => sessions);
  return {
    columns: last,
    nodes: known.map((node) => ({ ...node, column: isBackwards ? last - node.step : node.step - 1 })),
    links: links
      .toSorted((a, b) => b.sessions - a.sessions)
      .slice(0, limit)
      .map(({ from, to, ...link }) => ({
        ...link,
        from: isBackwards ? to.key : from.key,
        to: isBackwards ? from.key : to.key,
      })),
    of: links.length,
  };
};
