// Writes the pages that are made from the source, and the sizes into those that name them. `--check` only compares the pages;
// a test holds the sizes, which move by some bytes with the tools. `--api` writes the reference alone.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiPages } from './apiPages.mjs';
import { consolePages } from './consolePages.mjs';
import { eventPages } from './eventPages.mjs';
import { SIZED, withSizes } from './sizes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isCheck = process.argv.includes('--check');
const isApiOnly = process.argv.includes('--api');

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const format = (file, input) =>
  execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], { cwd: root, encoding: 'utf8', input });

const complain = (file) => {
  console.error(`${file} is not what the source makes it: npm run docs`);
  process.exitCode = 1;
};

const put = (file, text) => {
  const path = root + file;
  if (!isCheck) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) complain(file);
};

const reference = await apiPages();
const standing = readdirSync(`${root}docs/api`, { recursive: true }).map((file) => `docs/api/${file}`);
for (const file of standing.filter((file) => file.endsWith('.md') && !reference[file]))
  if (isCheck) complain(file);
  else rmSync(root + file);
for (const [file, text] of Object.entries(reference)) put(file, text);

if (!isApiOnly)
  for (const [file, text] of Object.entries({ ...(await consolePages()), ...eventPages() }))
    put(file, file.endsWith('.csv') ? text : format(file, text));

if (!isApiOnly && !isCheck)
  for (const file of SIZED) writeFileSync(root + file, format(file, withSizes(readFileSync(root + file, 'utf8'))));
