/** The endpoint: takes batches as a server does and keeps each event once, by its id. */
export const createCollector = () => {
  const events = new Map();
  return {
    async fetch(url, { method, body }) {
      if (method !== 'POST' || url !== 'https://collect.example.com/v1/events') return new Response('', { status: 404 });
      const { batch, contexts } = JSON.parse(body);
      for (const event of batch) events.set(event.id, { ...event, platform: contexts[event.context].platform });
      return new Response('{}', { status: 200, headers: { 'content-type': 'application/json' } });
    },
    /** In the order in which they happened. */
    events: () => [...events.values()].sort((a, b) => a.boot - b.boot || a.seq - b.seq),
  };
};
