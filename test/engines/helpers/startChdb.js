import { createRequire } from 'node:module';
import { listen } from './listen.js';

const { Session } = createRequire(import.meta.url)('chdb');

// https://github.com/ClickHouse/ClickHouse/blob/master/src/Server/HTTP/exceptionCodeToHTTPStatus.cpp, as far as inserts go.
const STATUS = {
  6: 400,
  25: 400,
  26: 400,
  27: 400,
  38: 400,
  41: 400,
  62: 400,
  72: 400,
  117: 400,
  376: 400,
  60: 404,
  81: 404,
  115: 404,
};

/**
 * The engine of today's ClickHouse, in process: parsing, types, table engines and deduplication are its own. The HTTP
 * interface in front of it is ours, after the source of the server: settings from the query, the code of an exception
 * in a header and in the body.
 */
export const startChdb = async () => {
  const session = new Session();
  const query = (sql, format = 'JSONEachRow') => session.query(sql, format);
  const server = await listen((request, body, reply) => {
    const { query: sql, ...settings } = Object.fromEntries(new URL(request.url, 'http://localhost').searchParams);
    const list = Object.entries(settings).map(([name, value]) => `${name} = '${value.replace(/[\\']/g, '\\$&')}'`);
    try {
      query(sql.replace(' FORMAT ', ` SETTINGS ${list.join(', ')} FORMAT `) + `\n${body}`);
      reply(200);
    } catch (error) {
      const [text, code] = /Code: (\d+)[\s\S]*/.exec(error.message) || [`Code: 1001. ${error.message}`, '1001'];
      reply(STATUS[code] || 500, text, { 'X-ClickHouse-Exception-Code': code });
    }
  });
  return {
    url: server.url,
    query,
    rows: (sql) =>
      query(sql)
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    async stop() {
      await server.close();
      session.close();
    },
  };
};
