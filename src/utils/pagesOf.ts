import { listOf } from './listOf';

/** The path as `app.json` has it: with or without a leading slash, a page is the same. */
export const barePath = (path: unknown): string => `${path}`.replace(/^\/+/, '');

/** Says whether a path is one of these pages. */
export const pagesOf = (paths: readonly string[] | undefined): ((path: unknown) => boolean) => {
  const pages = listOf(paths).map(barePath);
  return (path) => pages.includes(barePath(path));
};
