// Writes the pages that are made from the source. `--check` only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { consolePages } from './consolePages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

for (const [file, text] of Object.entries(await consolePages())) {
  const path = root + file;
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(`${file} is not what the source makes it: npm run docs`);
    process.exitCode = 1;
  }
}
