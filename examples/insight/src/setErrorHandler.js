/**
 * Errors as JSON: what is wrong, and with which field. Of our own faults the log says which kind, never with what: the
 * text of an error may hold what a visitor sent.
 *
 * @param {import('fastify').FastifyInstance} app
 * @param {(line: string) => void} log
 */
export const setErrorHandler = (app, log) => {
  app.setErrorHandler((error, request, reply) => {
    const { statusCode = 500, field, message, name, code } = /** @type {any} */ (error);
    const isOurs = statusCode >= 500 && statusCode !== 503;
    if (isOurs) log(`${request.method} ${request.routeOptions.url ?? 'unknown route'}: ${code ?? name}`);
    reply.code(statusCode).send({ error: isOurs ? 'the server failed' : message, ...(field ? { field } : {}) });
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'not found' }));
};
