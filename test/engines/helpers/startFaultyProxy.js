import { listen } from './listen.js';
import { send } from './send.js';

/**
 * Passes requests on to `target`. Loses some before the target has them, and the answers of others, by cutting the
 * connection; `random` decides.
 */
export const startFaultyProxy = async (target, random, { loseRequest = 0.2, loseAnswer = 0.2 } = {}) => {
  const counts = { passed: 0, requestsLost: 0, answersLost: 0 };
  const server = await listen(async (request, body, reply) => {
    const cut = () => request.socket.destroy();
    if (random() < loseRequest) {
      counts.requestsLost++;
      return cut();
    }
    const { host: _, connection: __, ...headers } = request.headers;
    const response = await send({ url: target + request.url, method: request.method, headers, bytes: body });
    if (!response) return cut();
    if (random() < loseAnswer) {
      counts.answersLost++;
      return cut();
    }
    counts.passed++;
    const code = response.headers['x-clickhouse-exception-code'];
    reply(response.status, response.body, code ? { 'x-clickhouse-exception-code': code } : {});
  });
  return Object.assign(server, { counts });
};
