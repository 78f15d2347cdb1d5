import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';

const gunzipAside = promisify(gunzip);
/** Below this a thread costs more than the work. */
const SYNC_BYTES = 32 * 1024;

/** @param {number} status @param {string} message @param {string} [field] */
export const refusal = (status, message, field) => Object.assign(new Error(message), { statusCode: status, field });

/**
 * A body as text. What it inflates to is limited, too: a megabyte of gzip can be a gigabyte of zeros.
 *
 * @param {Buffer} body
 * @param {string | undefined} encoding
 * @param {number} maxBytes
 */
export const inflate = async (body, encoding, maxBytes) => {
  const how = (encoding ?? 'identity').trim().toLowerCase();
  if (how === 'identity' || how === '') return body.toString('utf8');
  if (how !== 'gzip' && how !== 'x-gzip')
    throw refusal(415, `Content-Encoding ${JSON.stringify(how.slice(0, 40))} is not known here; gzip is`, 'content-encoding');
  try {
    const options = { maxOutputLength: maxBytes };
    const inflated = body.length <= SYNC_BYTES ? gunzipSync(body, options) : await gunzipAside(body, options);
    return inflated.toString('utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ERR_BUFFER_TOO_LARGE') {
      throw refusal(413, `the body inflates to more than ${maxBytes} bytes`, 'body');
    }
    throw refusal(400, 'the body is not gzip', 'body');
  }
};
