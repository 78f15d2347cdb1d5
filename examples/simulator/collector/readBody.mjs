import { gunzipSync } from 'node:zlib';

/** The largest batch a tracker makes is 128 KB; eight times that is a mistake or an attack. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** A client hears an early "too large" only once it has sent everything; beyond this we stop listening. */
const MAX_DISCARDED_BYTES = 16 * MAX_BODY_BYTES;

/**
 * Reads a request body, unpacked when it is gzip, and gives up when it exceeds the limit.
 *
 * @param {import('node:http').IncomingMessage} req
 * @returns {Promise<{ text: string, bytes: number, error?: { status: number, message: string } }>}
 *   `bytes` is what was on the wire.
 */
export const readBody = async (req) => {
  const tooLarge = {
    status: 413,
    message: `the body is larger than ${MAX_BODY_BYTES} bytes; send fewer events per batch`,
  };
  /** @type {Buffer[]} */
  const chunks = [];
  let bytes = 0;
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > MAX_DISCARDED_BYTES) break;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    }
  } catch {
    return { text: '', bytes, error: { status: 400, message: 'the connection ended before the body did' } };
  }
  if (bytes > MAX_BODY_BYTES) return { text: '', bytes, error: tooLarge };
  const body = Buffer.concat(chunks);
  if (req.headers['content-encoding'] !== 'gzip') return { text: body.toString('utf8'), bytes };
  try {
    return { text: gunzipSync(body, { maxOutputLength: MAX_BODY_BYTES }).toString('utf8'), bytes };
  } catch (error) {
    const isTooLarge = /** @type {NodeJS.ErrnoException} */ (error).code === 'ERR_BUFFER_TOO_LARGE';
    return { text: '', bytes, error: isTooLarge ? tooLarge : { status: 400, message: 'the body is not valid gzip' } };
  }
};
