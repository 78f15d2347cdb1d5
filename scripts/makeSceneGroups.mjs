// Writes the tables that apps ship, `src/scenes/*Groups.ts`, from the full ones beside them, `src/scenes/{wechat,…}.ts`:
// scene code -> channel group, in as few bytes as it takes. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

const load = async (host) => {
  const { code } = transformSync(readFileSync(new URL(`../src/scenes/${host}.ts`, import.meta.url), 'utf8'), { loader: 'ts' });
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
};
const quote = (text) => `'${text.replace(/'/g, "\\'")}'`;
/** Group names by how often they come up, so that the frequent ones have neighbouring letters. */
const namesOf = (groups) => {
  const counts = new Map();
  for (const group of groups) counts.set(group, (counts.get(group) || 0) + 1);
  return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
};
/** The place of a group among the names, as a character counted from `first`. */
const letter = (first, names, group) => {
  const char = group === undefined ? ' ' : String.fromCharCode(first.charCodeAt(0) + names.indexOf(group));
  if ('\\|'.includes(char)) throw new Error('more groups than letters');
  return char;
};
const file = (
  from,
  body,
) => `// Generated from ./${from}.ts by scripts/makeSceneGroups.mjs: change that, then \`npm run scenes\`.
import type { SceneTable } from '../types/scene';

${body}`;

const wechat = async () => {
  const { wechatScenes } = await load('wechat');
  const marked = ({ group, automated }) => (automated ? `${group}!` : group);
  const names = namesOf(Object.values(wechatScenes).map(marked));
  const codes = Object.keys(wechatScenes).map(Number);
  let letters = '';
  for (let code = 1000; code <= Math.max(...codes); code++)
    letters += letter('0', names, wechatScenes[code] && marked(wechatScenes[code]));
  return file(
    'wechat',
    `// \`!\` marks visits that are not by a human.
const GROUPS =
  ${quote(names.join(' '))};
// A letter for each code from 1000 on: the place of its group, counted from '0'.
const LETTERS =
  ${quote(letters)};

/** WeChat's scene codes to channel groups: \`launchSource({ table: wechatGroups })\`. */
export const wechatGroups: SceneTable = (scene) => {
  const name = /^1\\d{3}$/.test(scene) && GROUPS.split(' ')[LETTERS.charCodeAt(+scene - 1000) - 48];
  if (!name) return undefined;
  const [group = ''] = name.split('!');
  return group === name ? { channel_group: group } : { channel_group: group, is_automated: true };
};
`,
  );
};

const alipay = async () => {
  const { alipayScenes } = await load('alipay');
  const byGroup = {};
  for (const [code, { group }] of Object.entries(alipayScenes)) (byGroup[group] = byGroup[group] || []).push(code);
  const text = Object.entries(byGroup)
    .map(([group, codes]) => `${codes.join(' ')} ${group}`)
    .join(' ');
  return file(
    'alipay',
    `// Codes, then their group.
const CODES =
  ${quote(text)};

/** Alipay's scene codes to channel groups: \`launchSource({ table: alipayGroups })\`. */
export const alipayGroups: SceneTable = (scene) => {
  const [, group] = (/^\\d{4}$/.test(scene) && new RegExp(\`\${scene}[ \\\\d]+([a-z_]+)\`).exec(CODES)) || [];
  return group ? { channel_group: group } : undefined;
};
`,
  );
};

const douyin = async () => {
  const { douyinScenes, douyinEntries, douyinCategories } = await load('douyin');
  const names = namesOf([
    ...Object.values(douyinScenes).map(({ group }) => group),
    ...Object.values(douyinCategories).flatMap(Object.values),
  ]);
  const rows = {};
  const put = (row, place, group) => {
    rows[row] = rows[row] || [];
    rows[row][place] = letter('A', names, group);
  };
  for (const [code, { group }] of Object.entries(douyinScenes)) put(code.slice(0, 3), +code.slice(3), group);
  for (const [code, group] of Object.entries(douyinEntries)) put(code[0], +code.slice(1), group);
  for (const [host, categories] of Object.entries(douyinCategories))
    for (const [digit, group] of Object.entries(categories)) put(host + digit, 0, group);
  const lines = Object.keys(rows)
    .sort()
    .map((row) => row + Array.from(rows[row], (char) => char || ' ').join(''));
  return file(
    'douyin',
    `const GROUPS =
  ${quote(names.join(' '))};
// A row for each host app and category: its digits, then a letter for each entry, which is the place of its group counted
// from 'A'. Entry 0 is the category itself; row 1 is what all host apps have in common.
const ROWS =
  ${quote(lines.join('|'))};

const groupAt = (row: string, entry: number): string | undefined => {
  const [, letters = ''] = new RegExp(\`(?:^|\\\\|)\${row}([^|\\\\d]+)\`).exec(ROWS) || [];
  return GROUPS.split(' ')[letters.charCodeAt(entry) - 65];
};

/**
 * Douyin's scene codes to channel groups: \`launchSource({ table: douyinGroups })\`. A code that is not in the list falls
 * back to what its entry means in every host app, then to its category.
 */
export const douyinGroups: SceneTable = (scene) => {
  const [, row = '', category = '', entry = ''] = /^(\\d\\d(\\d))(\\d{3})$/.exec(scene) || [];
  const group = groupAt(row, +entry) || groupAt(category, +entry) || groupAt(row, 0);
  return group ? { channel_group: group } : undefined;
};
`,
  );
};

let stale = false;
for (const [host, make] of Object.entries({ wechat, alipay, douyin })) {
  const url = new URL(`../src/scenes/${host}Groups.ts`, import.meta.url);
  const text = await make();
  if (!process.argv.includes('--check')) writeFileSync(url, text);
  else if (readFileSync(url, 'utf8') !== text) {
    stale = true;
    console.error(`src/scenes/${host}Groups.ts is not what its table makes it: npm run scenes`);
  }
}
if (stale) process.exit(1);
