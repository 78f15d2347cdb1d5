import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCollector } from '../../examples/simulator/collector.mjs';

/** A collector behind a real server on a free port, with its file in a folder of its own. */
export const startCollector = async (options = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'minitrail-collector-'));
  const file = options.file ?? join(folder, 'events.ndjson');
  const collector = createCollector({ ...options, file });
  const server = createServer(async (req, res) => {
    if (!(await collector.handle(req, res))) res.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;

  return {
    url,
    file,
    collector,
    post: (body, headers = {}) =>
      fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      }),
    setMode: (mode) => fetch(`${url}/sim/mode`, { method: 'POST', body: JSON.stringify({ mode }) }),
    lines: () =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    async close() {
      await collector.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export const anEvent = (seq, changes = {}) => ({
  id: `event-${changes.boot ?? 1}-${seq}`,
  boot: 1,
  seq,
  type: 'track',
  name: 'add_to_cart',
  ts: 1795289870411 + seq,
  context: 0,
  session_id: 's1',
  properties: { sku: 'A1' },
  ...changes,
});

export const aBatch = (events, changes = {}) => ({
  schema: 'minitrail/1',
  batch_id: `batch-${events.map(({ id }) => id).join('.')}`,
  sent_at: 1795289871932,
  contexts: [{ anonymous_id: 'visitor-a', platform: 'wechat' }],
  batch: events,
  drops: {},
  ...changes,
});

/** Reads a Server-Sent Events stream until `isLast` says so. */
export const readStream = async (url, isLast) => {
  const stop = new AbortController();
  const response = await fetch(url, { signal: stop.signal });
  const messages = [];
  let text = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const read = (async () => {
    while (true) {
      const { value, done } = await reader.read();
      if (done) return messages;
      text += value;
      const blocks = text.split('\n\n');
      text = blocks.pop();
      for (const block of blocks) {
        const [, event, payload] = /^event: (.*)\ndata: (.*)$/s.exec(block) ?? [];
        if (event) messages.push({ event, payload: JSON.parse(payload) });
      }
      if (messages.some(isLast)) {
        stop.abort();
        return messages;
      }
    }
  })();
  return { response, messages: read };
};
