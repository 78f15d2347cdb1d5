import { createServer } from 'node:http';

/** A webhook on a free port that keeps what it was asked. `answers` are given in turn, the last one from then on. */
export const openWebhook = async (answers = [{ status: 200 }]) => {
  const calls = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    calls.push({ url: request.url, key: request.headers['idempotency-key'], body: JSON.parse(text) });
    const answer = webhook.answers.length > 1 ? webhook.answers.shift() : webhook.answers[0];
    const { status, headers = {}, body = '' } = typeof answer === 'function' ? await answer(calls.at(-1)) : answer;
    response.writeHead(status, headers);
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const webhook = {
    url: `http://127.0.0.1:${server.address().port}`,
    calls,
    answers,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
  return webhook;
};
