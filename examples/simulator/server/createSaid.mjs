const MAX_PHONES = 1000;

/** What the other collector last said to the plugins of each phone, to be said in the next answer to it. */
export const createSaid = () => {
  /** @type {Map<string, object>} */
  const said = new Map();
  return {
    /** @param {string} body A batch that the other collector took. @param {string} answer Its answer. */
    hear(body, answer) {
      const { minitrail } = JSON.parse(answer || '{}');
      const { anonymous_id: id } = JSON.parse(body).contexts.at(-1);
      said.delete(id);
      if (minitrail) said.set(id, minitrail);
      for (const oldest of said.keys()) if (said.size > MAX_PHONES) said.delete(oldest);
    },
    /** @param {string} id */
    to: (id) => said.get(id),
  };
};
