// Writes the pages that are made from the source, and the sizes into those that name them. `--check` only compares the pages;
// a test holds the sizes, which move by some bytes with the tools.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { consolePages } from './consolePages.mjs';
import { eventPages } from './eventPages.mjs';
import { SIZED, withSizes } from './sizes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
const format = (file, input) =>
  execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], { cwd: root, encoding: 'utf8', input });

for (const [file, plain] of Object.entries({ ...(await consolePages()), ...eventPages() })) {
  const path = root + file;
  const text = file.endsWith('.csv') ? plain : format(file, plain);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(`${file} is not what the source makes it: npm run docs`);
    process.exitCode = 1;
  }
}

if (!process.argv.includes('--check'))
  for (const file of SIZED) writeFileSync(root + file, format(file, withSizes(readFileSync(root + file, 'utf8'))));
