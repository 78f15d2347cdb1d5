export const stackNow = (): readonly (HostInstance | null)[] =>
  (typeof getCurrentPages === 'function' && getCurrentPages()) || [];

/** Old Douyin hosts know `__route__` only. */
export const routeOf = (page: HostInstance): string => page.route || page.__route__ || '';

/** The page on top of the stack. Alipay hides pages of a plugin (插件) behind `null`. */
export const topPage = (): HostInstance | undefined => {
  const stack = stackNow();
  let index = stack.length;
  while (index && !stack[index - 1]) index--;
  return stack[index - 1] || undefined;
};
