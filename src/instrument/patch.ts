export type AnyFunction = (this: unknown, ...args: readonly unknown[]) => unknown;

/**
 * A copy of `options` with some functions replaced. The original is never written to: it may be frozen (Taro 3 makes
 * its options read-only), shared by two pages, or carry getters, all of which the copy keeps.
 */
export const patch = <T extends object>(options: T, edit: (copy: PropertyDescriptorMap, options: T) => void): T => {
  const copy: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(options);
  edit(copy, options);
  return Object.create(Object.getPrototypeOf(options), copy);
};

/** Sets a property of the copy, which stays as visible as it was: hosts make a page of what is enumerable. */
export const put = (copy: PropertyDescriptorMap, name: string, value: unknown, old = copy[name]): void => {
  copy[name] = { value, writable: true, configurable: true, enumerable: !old || !!old.enumerable };
};
