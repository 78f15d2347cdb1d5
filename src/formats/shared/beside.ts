import type { Json } from '../../types/json';

type Members = Readonly<Record<string, Json | undefined>>;

/**
 * Properties and what the SDK says of their event, in one object: the SDK's names are its own, so a property of the same
 * name moves to `property_<name>`.
 */
export const beside = (properties: Members, facts: Members): Record<string, Json | undefined> => {
  const taken = Object.keys(facts);
  const all: Record<string, Json | undefined> = {};
  // A `beforeSend` may have made anything of them.
  for (const name of Object.keys(Object(properties)))
    all[taken.includes(name) ? `property_${name}` : name] = (properties as Members)[name];
  return Object.assign(all, facts);
};
