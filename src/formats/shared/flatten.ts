import type { Json, JsonObject } from '../../types/json';

/** Members that came out of JSON. Nested ones stand under joined names: `device: { brand }` becomes `device_brand`. Lists stay lists. */
export const flatten = (
  from: { readonly [key: string]: Json | undefined },
  prefix = '',
  into: Record<string, Json> = {},
): Record<string, Json> => {
  for (const key of Object.keys(from)) {
    const value = from[key];
    if (value && typeof value === 'object' && !Array.isArray(value)) flatten(value as JsonObject, `${prefix}${key}_`, into);
    else into[prefix + key] = value as Json;
  }
  return into;
};
