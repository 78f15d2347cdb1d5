import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';

const OPTIONS = { plugins: null, excludedMutations: [], ignorers: [] };
/** Stryker's log, on which nothing is written. */
const silent = new Proxy({}, { get: () => () => false });

/** The files that these patterns match: `**` is any folders. */
export const filesOf = (...patterns) =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...patterns.map((each) => `:(glob)${each}`)], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter(Boolean);

const textAt = (source, { start, end }) => {
  const lines = source.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column);
  lines[0] = lines[0].slice(start.column);
  return lines.join('\n');
};

/** Makes `dir` a copy of the project whose `files` have all changes in them, each off until its number is switched on. */
export const createSandbox = async (dir, files) => {
  rmSync(dir, { recursive: true, force: true });
  for (const file of filesOf('**')) {
    mkdirSync(dirname(`${dir}/${file}`), { recursive: true });
    cpSync(file, `${dir}/${file}`);
  }
  symlinkSync(resolve('node_modules'), `${dir}/node_modules`);
  const sources = Object.fromEntries(files.map((name) => [name, readFileSync(name, 'utf8')]));
  const given = files.map((name) => ({ name, mutate: true, content: sources[name] }));
  const result = await new Instrumenter(silent).instrument(given, OPTIONS);
  for (const { name, content } of result.files) writeFileSync(`${dir}/${name}`, content);
  return result.mutants.map(({ id, fileName, location, mutatorName, replacement }) => ({
    id,
    file: fileName,
    line: location.start.line + 1,
    kind: mutatorName,
    original: textAt(sources[fileName], location),
    replacement,
  }));
};
