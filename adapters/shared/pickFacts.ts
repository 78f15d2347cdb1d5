import type { Json, JsonObject } from '../../src/types/json';

/**
 * The named facts under their wire names: `pixelRatio` becomes `pixel_ratio`, `system:os` is named by hand. What the
 * host leaves out or empty stays out.
 */
export const pickFacts = (from: object | undefined, names: string): JsonObject => {
  const facts: Record<string, Json> = {};
  for (const pair of names.split(' ')) {
    const [name = '', wire] = pair.split(':');
    const value = ((from || {}) as Record<string, Json>)[name];
    if (value || value === 0) facts[wire || name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = value;
  }
  return facts;
};
