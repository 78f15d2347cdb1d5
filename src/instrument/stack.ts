/** Old Douyin hosts know `__route__` only. */
export const routeOf = (page: HostInstance): string => page.route || page.__route__ || '';

/** The pages of the stack, the one on top last. Alipay hides pages of a plugin (插件) behind `null`. */
export const pagesNow = (): readonly HostInstance[] =>
  ((typeof getCurrentPages === 'function' && getCurrentPages()) || []).filter((page): page is HostInstance => !!page);

/** The page on top of the stack. */
export const topPage = (): HostInstance | undefined => {
  const stack = pagesNow();
  return stack[stack.length - 1];
};
