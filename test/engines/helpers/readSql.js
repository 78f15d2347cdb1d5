import { readFileSync } from 'node:fs';

/** The SQL that `docs/endpoints.md` gives under a name, so that what people copy is what is tested. */
export const readSql = (name) => {
  const text = readFileSync(new URL('../../../docs/endpoints.md', import.meta.url), 'utf8');
  const [, sql] = new RegExp(`<!-- sql: ${name} -->\\n\`\`\`sql\\n([^\`]+)\`\`\``).exec(text) || [];
  if (!sql) throw new Error(`docs/endpoints.md has no SQL named ${name}`);
  return sql.trim();
};
