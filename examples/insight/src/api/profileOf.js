/** A value as it came before the store made a text of it; an id of many digits is no number. */
const read = (/** @type {string} */ text) => {
  try {
    const value = JSON.parse(text);
    return typeof value === 'number' && String(value) !== text ? text : value;
  } catch {
    return text;
  }
};
const listOf = (/** @type {unknown} */ value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** What each call does to the traits. @type {Record<string, (traits: Map<string, unknown>, key: string, value: any) => void>} */
const ACTS = {
  identify: (traits, key, value) => traits.set(key, value),
  profile_set: (traits, key, value) => traits.set(key, value),
  profile_set_once: (traits, key, value) => {
    if (!traits.has(key)) traits.set(key, value);
  },
  profile_increment: (traits, key, value) => traits.set(key, (Number(traits.get(key)) || 0) + Number(value)),
  profile_append: (traits, key, value) => traits.set(key, [...listOf(traits.get(key)), ...listOf(value)]),
  profile_unset: (traits, _, keys) => {
    for (const key of listOf(keys)) traits.delete(key);
  },
};

/**
 * What is known of a person: the traits that `identify` and `profile` told, one call after the other.
 *
 * @param {{ name: string, properties: Record<string, string> | null }[]} events In their order.
 * @returns {{ key: string, value: unknown }[]} by their names
 */
export const profileOf = (events) => {
  /** @type {Map<string, unknown>} */
  const traits = new Map();
  for (const { name, properties } of events) {
    if (name === 'profile_delete') traits.clear();
    const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
    for (const [key, text] of Object.entries(properties ?? {})) act?.(traits, key, read(text));
  }
  return [...traits].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value }));
};
