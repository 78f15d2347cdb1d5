/**
 * Who is one person: installations that share a login or a unionid, by union-find. Kept in memory for installations that
 * an id joins; a guest is a person of its own and is not in here.
 *
 * A person is named after the smallest login, else the smallest installation.
 *
 * @example
 * const persons = createPersons();
 * persons.join('installation', 'user_id', 'login'); // changed installations are kept until
 * persons.takeChanged();                            // [['installation', 'login']]
 */
export const createPersons = () => {
  /** Nodes are installations (`a…`), logins (`u…`) and unionids (`x…`); the letter keeps their names apart. */
  /** @type {Map<string, string>} */
  const parents = new Map();
  /** Of a root: its nodes. The smaller set is added to the larger, so each node moves at most log2(n) times. */
  /** @type {Map<string, string[]>} */
  const members = new Map();
  /** @type {Set<string>} */
  const changed = new Set();

  const rootOf = (/** @type {string} */ node) => {
    let root = node;
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root)) root = parent;
    // Halve the way for the next who asks.
    for (let at = node; at !== root; ) {
      const next = /** @type {string} */ (parents.get(at));
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  const add = (/** @type {string} */ node) => {
    if (parents.has(node)) return;
    parents.set(node, node);
    members.set(node, [node]);
    changed.add(node);
  };
  const nodesOf = (/** @type {string} */ node) => members.get(rootOf(node)) ?? [];

  const nameOf = (/** @type {string[]} */ nodes) => {
    const least = (/** @type {string} */ kind) =>
      nodes.reduce(
        (/** @type {string | undefined} */ found, node) => (node[0] === kind && (!found || node < found) ? node : found),
        undefined,
      );
    return /** @type {string} */ (least('u') ?? least('a')).slice(1);
  };

  return {
    /** @param {string} anonymousId @param {string} kind `user_id` or `unionid` @param {string} id */
    join(anonymousId, kind, id) {
      const installation = `a${anonymousId}`;
      const by = `${kind === 'user_id' ? 'u' : 'x'}${id}`;
      add(installation);
      add(by);
      let [large, small] = [rootOf(installation), rootOf(by)];
      if (large === small) return;
      if (nodesOf(large).length < nodesOf(small).length) [large, small] = [small, large];
      const all = nodesOf(large);
      for (const node of nodesOf(small)) all.push(node);
      parents.set(small, large);
      members.delete(small);
      changed.add(large);
    },
    /** @returns {[anonymousId: string, person: string][]} everyone in the components that changed since the last call */
    takeChanged() {
      const roots = new Set([...changed].map(rootOf));
      changed.clear();
      return [...roots].flatMap((root) => {
        const nodes = nodesOf(root);
        const name = nameOf(nodes);
        return nodes.filter((node) => node[0] === 'a').map((node) => /** @type {[string, string]} */ ([node.slice(1), name]));
      });
    },
    /**
     * All that belongs to whom an id of any kind names.
     *
     * @param {string} id
     */
    of(id) {
      const node = ['a', 'u', 'x'].map((kind) => kind + id).find((each) => parents.has(each));
      const nodes = node === undefined ? [] : nodesOf(node);
      const pick = (/** @type {string} */ kind) => nodes.filter((each) => each[0] === kind).map((each) => each.slice(1));
      return { anonymousIds: pick('a'), userIds: pick('u'), unionids: pick('x') };
    },
  };
};
