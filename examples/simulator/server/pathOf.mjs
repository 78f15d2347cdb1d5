/**
 * The path of a request as it was sent: `new URL` would resolve `..` and throw on `//`.
 *
 * @param {import('node:http').IncomingMessage} req
 */
export const pathOf = (req) => /** @type {string} */ ((req.url ?? '/').split('?')[0]);
