// Receives what `wechatContainer()` and `douyinContainer()` of minitrail send, and appends the events to a file for each
// day: one JSON line each, every id once.
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { callerOf, takeBatch } from './takeBatch.mjs';

const { PORT = '80', EVENTS_DIR = '/data' } = process.env;
const MAX_BYTES = 1024 * 1024;

const dayOf = (ms) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
const fileOf = (day) => join(EVENTS_DIR, `${day}.ndjson`);

/** Ids of today and yesterday: a repeat comes soon, when an answer was lost. */
const known = new Set();
const remember = async (day) => {
  const text = await readFile(fileOf(day), 'utf8').catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  });
  for (const line of text.split('\n')) if (line) known.add(JSON.parse(line).id);
};

// One after another, so that two requests with the same events cannot both find them new.
let last = Promise.resolve();
const store = (rows) => {
  const write = last.then(async () => {
    const fresh = rows.filter(({ id }) => !known.has(id));
    if (fresh.length) await appendFile(fileOf(dayOf(Date.now())), fresh.map((row) => `${JSON.stringify(row)}\n`).join(''));
    for (const { id } of fresh) known.add(id);
  });
  // The next one must not fail because this one did.
  last = write.catch(() => undefined);
  return write;
};

const bodyOf = async (request) => {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw Object.assign(new Error('too large'), { status: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const answer = (response, status, body) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

const receive = async (request, response) => {
  if (request.method !== 'POST' || !request.url.startsWith('/v1/events')) return answer(response, 404, {});
  // Only the platform's gateway sets it. Close the service to the public network as well.
  if (!request.headers['x-wx-source'] && !request.headers['x-tt-openid']) return answer(response, 403, {});
  try {
    const body = await bodyOf(request);
    const { rows, rejected } = takeBatch(body, callerOf(request.headers));
    await store(rows);
    answer(response, 200, { accepted: rows.map(({ id }) => id), rejected });
  } catch (error) {
    // A body that is no batch is the sender's fault; that the disk is full is not.
    const status = error.status || (error.code ? 503 : 400);
    console.error(status, error.message);
    answer(response, status, { error: error.message });
  }
};

await mkdir(EVENTS_DIR, { recursive: true });
for (const ms of [Date.now() - 86_400_000, Date.now()]) await remember(dayOf(ms));
const server = createServer(receive);
server.listen(+PORT, () => console.log(`listening on ${server.address().port}`));
