import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Session } from 'chdb';

/** What of an address is no setting of ClickHouse: https://clickhouse.com/docs/interfaces/http */
const NO_SETTINGS = new Set([
  'query',
  'database',
  'query_id',
  'default_format',
  'session_id',
  'role',
  'enable_http_compression',
]);
const quoted = (/** @type {string} */ text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const readBody = async (/** @type {import('node:http').IncomingMessage} */ request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const bytes = Buffer.concat(parts);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
};

/**
 * ClickHouse in this process behind its HTTP interface, for the client of a server. `requests` is what came; `failNext`
 * takes a request that a pattern fits and hangs up, before or after it was carried out.
 */
export const openHttp = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'insight-chdb-'));
  const session = new Session(folder);
  session.query('CREATE DATABASE IF NOT EXISTS shop');
  /** @type {{ query: string, settings: Record<string, string> }[]} */
  const requests = [];
  /** @type {{ pattern: RegExp, isAfter: boolean } | undefined} */
  let failure;

  const carryOut = (/** @type {URLSearchParams} */ params, /** @type {string} */ text, /** @type {string} */ format) => {
    session.query(`USE ${params.get('database') ?? 'default'}`);
    const settings = [...params].filter(([name]) => !NO_SETTINGS.has(name));
    for (const [name, value] of settings) session.query(`SET ${name} = ${quoted(value)}`);
    try {
      return session.query(text, format);
    } finally {
      for (const [name] of settings) if (!name.startsWith('param_')) session.query(`SET ${name} = DEFAULT`);
    }
  };

  const server = createServer(async (request, response) => {
    const params = new URL(request.url ?? '', 'http://host').searchParams;
    const body = await readBody(request);
    const query = params.get('query') ?? body;
    const text = params.has('query') ? `${query}\n${body}` : body;
    requests.push({ query, settings: Object.fromEntries(params) });
    const hangsUp = failure?.pattern.test(query) ? failure : undefined;
    if (hangsUp) failure = undefined;
    if (hangsUp && !hangsUp.isAfter) {
      request.socket.destroy();
      return;
    }
    const answer = (/** @type {number} */ status, /** @type {string} */ content, headers = {}) => {
      const isPacked = String(request.headers['accept-encoding']).includes('gzip');
      response.writeHead(status, { ...headers, ...(isPacked ? { 'content-encoding': 'gzip' } : {}) });
      response.end(isPacked ? gzipSync(content) : content);
    };
    try {
      const result = carryOut(params, text, params.get('default_format') ?? 'TabSeparated');
      if (hangsUp) request.socket.destroy();
      else answer(200, result);
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      answer(500, message, { 'x-clickhouse-exception-code': /Code: (\d+)/.exec(message)?.[1] ?? '1002' });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `clickhouse://127.0.0.1:${port}/shop`,
    requests,
    failNext: (/** @type {RegExp} */ pattern, isAfter = false) => {
      failure = { pattern, isAfter };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      session.cleanup();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
