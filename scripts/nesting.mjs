// Holds the functions of the shipped code to what a reader can follow: none over 100 lines, and no statements nested
// deeper than 4, by the braces of functions and blocks.
// `node scripts/nesting.mjs` names those that break it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const MAX_LINES = 100;
const MAX_DEPTH = 4;
const root = fileURLToPath(new URL('..', import.meta.url));

const isFunction = (node) => ts.isFunctionLike(node) && node.body;
const nameOf = (node) => {
  const named = node.name || (node.parent && node.parent.name);
  return named ? named.getText() : 'a function';
};

/** `['src/a.ts:3 name: 120 lines', …]` of one file. */
export const findFaults = (file, text) => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lineOf = (position) => source.getLineAndCharacterOfPosition(position).line + 1;
  const faults = [];
  const visit = (node, depth) => {
    const inner = depth + (ts.isBlock(node) || ts.isCaseBlock(node) ? 1 : 0);
    if (isFunction(node)) {
      const start = lineOf(node.getStart());
      const lines = lineOf(node.end) - start + 1;
      if (lines > MAX_LINES) faults.push(`${file}:${start} ${nameOf(node)}: ${lines} lines`);
    }
    // The place where it becomes too deep, once.
    if (inner > MAX_DEPTH && depth === MAX_DEPTH) faults.push(`${file}:${lineOf(node.getStart())} nested ${inner} deep`);
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, 0);
  return faults;
};

const filesIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => join(folder, file));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = ['src', 'adapters']
    .flatMap(filesIn)
    .flatMap((file) => findFaults(file, readFileSync(join(root, file), 'utf8')));
  for (const fault of faults) console.error(fault);
  if (faults.length) process.exitCode = 1;
}
