import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../../../../', import.meta.url);
/** Every page of the documents and every README that may hold SQL. */
export const PAGES = [
  'README.md',
  'README.zh-CN.md',
  ...readdirSync(new URL('docs/', root), { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].sort();

export const read = (page) => readFileSync(new URL(page, root), 'utf8');

/** Blocks of a page in a language; those under `<!-- sql: name -->` are of ClickHouse alone, and run by `test/engines` of the package. */
export const blocks = (text, language) =>
  [...text.matchAll(new RegExp(`(<!-- sql: \\w+ -->\\n)?\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, marked, code]) => ({ marked: Boolean(marked), code }),
  );

export const statements = (sql) =>
  sql
    .split(/;\s*(?:\n|$)/)
    .map((each) => each.trim())
    .filter((each) => each.replace(/^--.*$/gm, '').trim());

/** Every block of SQL that is meant for both engines. */
export const ALL = PAGES.flatMap((page) =>
  blocks(read(page), 'sql')
    .filter(({ marked }) => !marked)
    .map(({ code }, i) => ({ page, n: i + 1, code })),
);
