import { request } from 'node:http';

/** A request as an adapter makes it. Resolves with what the tracker would see; without an answer with `undefined`. */
export const send = ({ url, method = 'POST', headers = {}, body, bytes }) =>
  new Promise((resolve) => {
    const outgoing = request(url, { method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', () => resolve(undefined));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.on('error', () => resolve(undefined));
    outgoing.end(bytes ? Buffer.from(bytes) : body);
  });
