import type { Json } from '../../types/json';

/** A copy without the members named, which are separated by spaces. */
export const omit = (from: { readonly [key: string]: Json | undefined }, names: string): Record<string, Json | undefined> => {
  const copy: Record<string, Json | undefined> = Object.assign({}, from);
  for (const name of names.split(' ')) delete copy[name];
  return copy;
};
