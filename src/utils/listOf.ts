/** One that stands alone is a list of one; nothing is a list of none, and stands for nothing in one (`[isShop && 'coupon']`). */
export const listOf = <T>(given: T | readonly T[] | null | undefined | false | ''): readonly T[] =>
  ([] as readonly T[]).concat(given || []).filter(Boolean);
