export const stackNow = (): readonly (HostInstance | null)[] =>
  (typeof getCurrentPages === 'function' && getCurrentPages()) || [];

/** Old Douyin hosts know `__route__` only. */
export const routeOf = (page: HostInstance): string => page.route || page.__route__ || '';

/** The pages of the stack, the one on top first. Alipay hides pages of a plugin (插件) behind `null`. */
export const pagesNow = (): readonly HostInstance[] =>
  stackNow()
    .filter((page): page is HostInstance => !!page)
    .reverse();

/** The page on top of the stack. */
export const topPage = (): HostInstance | undefined => pagesNow()[0];
