import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (/** @type {string} */ text) => createHash('sha256').update(text).digest();

/**
 * Whether a secret is the one expected, in a time that tells neither how much of it is right nor how long it is.
 *
 * @param {string} given
 * @param {string} expected
 */
export const isSameSecret = (given, expected) => timingSafeEqual(digest(given), digest(expected));

/** @param {string | undefined} header */
export const bearerOf = (header) => /^Bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? '';

/**
 * The write keys, one for each app: `shop:KEY,other:KEY`.
 *
 * @param {string | undefined} list
 * @returns {(given: string) => string | undefined} the app of a key; without a list every key is the app `default`
 */
export const createKeys = (list) => {
  const keys = (list ?? '')
    .split(',')
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf(':');
      if (at < 1 || at === pair.length - 1) throw new Error('INSIGHT_KEYS has the form app:key,app:key');
      return { app: pair.slice(0, at).trim(), expected: digest(pair.slice(at + 1).trim()) };
    });
  if (keys.length === 0) return () => 'default';
  return (given) => {
    const hash = digest(given);
    let found;
    // All of them, also after one fits: the time is the same for every key.
    for (const { app, expected } of keys) if (timingSafeEqual(hash, expected)) found = app;
    return found;
  };
};
