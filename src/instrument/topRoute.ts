import { routeOf, topPage } from './stack';

/** The path of the page on top of the stack, also where no plugin sees pages. */
export const topRoute = (): string | undefined => routeOf(topPage() || {}) || undefined;
