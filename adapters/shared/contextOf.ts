import type { Json, JsonObject } from '../../src/types/json';

/**
 * The named facts under their wire names: `pixelRatio` becomes `pixel_ratio`, `system:os` is named by hand. What the
 * host leaves out or empty stays out.
 */
const pick = (from: object | undefined, names: string): JsonObject => {
  const facts: Record<string, Json> = {};
  for (const pair of names.split(' ')) {
    const [name = '', wire] = pair.split(':');
    const value = ((from || {}) as Record<string, Json>)[name];
    if (value || value === 0) facts[wire || name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = value;
  }
  return facts;
};

/** Facts on the mini-program and on its host and device, from what the host says of them. */
export const contextOf = (app: object | undefined, facts: object): JsonObject =>
  Object.assign(
    pick(app, 'appId version:app_version envVersion:app_env'),
    pick(facts, 'appName:host_name version:host_version SDKVersion:host_sdk_version language'),
    {
      device: pick(facts, 'brand model system:os platform pixelRatio screenWidth screenHeight windowWidth windowHeight'),
    },
  );
