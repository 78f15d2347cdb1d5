import { routeOf, stackNow } from './stack';

/** The path of the page on top of the stack, also where no plugin sees pages. */
export const topRoute = (): string | undefined => {
  const stack = stackNow();
  return routeOf(stack[stack.length - 1] || {}) || undefined;
};
