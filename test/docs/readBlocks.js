import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Every page of the repository, new ones as well. */
export const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .trim()
  .split('\n');

const blocksOf = (page) =>
  [...readFileSync(page, 'utf8').matchAll(/^( *)```([^\n`]*)\n([\s\S]*?)^ *```$/gm)].map(
    ({ 1: indent, 2: language, 3: code, index, input }) => ({
      name: `${page}:${input.slice(0, index).split('\n').length}`,
      page,
      language,
      code: code.replace(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );

/** Every fenced block of every page, without the indentation of a list; `name` is its page and line. */
export const blocks = pages.flatMap(blocksOf);
