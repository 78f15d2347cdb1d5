import { hashUnit } from './hashUnit';

/**
 * Whether this visitor is in a share of all, 0 to 1. An id of our own is random, so its first digits are a fair and stable
 * lot; one that another SDK made begins with a time or a prefix, and is hashed.
 */
export const isInSample = (visitor: string, rate: number): boolean =>
  (/^[0-9a-f]{32}$/.test(visitor) ? Number.parseInt(visitor.slice(0, 8), 16) / 2 ** 32 : hashUnit(visitor)) < rate;
