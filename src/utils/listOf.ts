/** One that stands alone is a list of one; nothing is a list of none. */
export const listOf = <T>(given: T | readonly T[] | null | undefined | false | ''): readonly T[] =>
  ([] as readonly T[]).concat(given || []);
