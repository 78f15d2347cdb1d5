/** Old Douyin hosts know `__route__` only. */
export const routeOf = (page: HostInstance): string => page.route || page.__route__ || '';

/** The pages of the stack, the one on top last. Alipay hides pages of a plugin (插件) behind `null`. */
export const pagesNow = (): HostInstance[] =>
  ((typeof getCurrentPages === 'function' && getCurrentPages()) || []).filter(Boolean) as HostInstance[];

/** The page on top of the stack. */
export const topPage = (): HostInstance | undefined => pagesNow().pop();
