import { createServer } from 'node:http';

/** An HTTP server on loopback. `handle(request, body, reply)` gets the whole body; `reply(status, body, headers)`. */
export const listen = async (handle) => {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const reply = (status, body = '', headers = {}) => {
        response.writeHead(status, headers);
        response.end(body);
      };
      Promise.resolve()
        .then(() => handle(request, Buffer.concat(chunks), reply))
        .catch((error) => reply(500, error.stack));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Keeps what clients send and answers 200. */
export const startCapture = async (answer = '{}') => {
  const requests = [];
  const server = await listen(({ method, url, headers }, body, reply) => {
    requests.push({ method, url, headers, body: body.toString() });
    reply(200, answer, { 'content-type': 'application/json' });
  });
  return Object.assign(server, { requests });
};
