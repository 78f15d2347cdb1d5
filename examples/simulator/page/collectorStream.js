/**
 * What the collector sees, as it happens.
 *
 * @param handlers `hello(state)` on each connection, `events({ arrivals, rejected, totals, audit, shares })`,
 *   `request({ request, totals })`, `mode({ mode })`, `connection(isConnected)`
 */
export const followCollector = (handlers) => {
  const source = new EventSource('sim/events');
  for (const name of ['hello', 'events', 'request', 'mode']) {
    source.addEventListener(name, ({ data }) => handlers[name]?.(JSON.parse(data)));
  }
  source.addEventListener('open', () => handlers.connection?.(true));
  // The browser connects again by itself.
  source.addEventListener('error', () => handlers.connection?.(false));
};

export const switchAnswers = (mode) => fetch('sim/mode', { method: 'POST', body: JSON.stringify({ mode }) });
