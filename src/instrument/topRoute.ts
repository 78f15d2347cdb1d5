/** The path of the page on top of the stack, also where no plugin sees pages. */
export const topRoute = (): string | undefined => {
  const stack = typeof getCurrentPages === 'function' ? getCurrentPages() : [];
  // Alipay hides pages of a plugin (插件) behind `null`.
  const { route, __route__ } = stack[stack.length - 1] || ({} as HostInstance);
  return route || __route__;
};
