import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { EQUIVALENT } from './equivalent.mjs';

// Changes the source in one small place at a time, by Stryker, and tells which changes no test notices. Folder by folder:
// what a run that was broken off has finished is not done again while neither the source nor the tests have changed.
const { values } = parseArgs({
  options: {
    files: { type: 'string', multiple: true },
    tests: { type: 'string', multiple: true },
    static: { type: 'boolean' },
  },
});

/** Not here: queue and sender, whose faults `npm run faults` makes by hand; scenes and texts, which are data. */
const FOLDERS = {
  plugins: 'src/plugins/**/*.ts',
  formats: 'src/formats/**/*.ts,src/compress/**/*.ts',
  sources: 'src/sources/**/*.ts',
  share: 'src/share/**/*.ts',
  frameworks: 'src/frameworks/**/*.ts',
  adapters: 'adapters/**/*.ts',
  cloud: 'src/cloud/**/*.ts',
  utils: 'src/utils/**/*.ts,src/webview.ts',
  debug: 'src/debug.ts,src/debug/checkOptions.ts',
  instrument: 'src/instrument/**/*.ts,src/api/**/*.ts',
  tracker:
    'src/createTracker.ts,src/createApi.ts,src/createIntake.ts,src/createPluginContext.ts,src/consent.ts,src/enrich/**/*.ts,src/capture/**/*.ts',
};
const OUT = '.cache/mutants';
const chosen = values.files ? { files: values.files.join(',') } : FOLDERS;

const run = (name, files) =>
  new Promise((resolve) => {
    const report = `${OUT}/${name}.json`;
    rmSync(report, { force: true });
    const env = {
      ...process.env,
      MUTANTS_FILES: files,
      MUTANTS_TESTS: (values.tests || []).join(' '),
      MUTANTS_OUT: report,
      MUTANTS_STATIC: values.static ? '1' : '',
    };
    const child = spawn(
      'npx',
      ['--no-install', '--prefix', 'test/mutants', 'stryker', 'run', 'test/mutants/stryker.config.mjs'],
      {
        env,
        stdio: 'inherit',
      },
    );
    child.on('exit', () => resolve(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).files : undefined));
  });

const textOf = (source, { start, end }) => {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
};
const inShort = (text) => text.replace(/\s+/g, ' ').slice(0, 120);

const used = new Set();
/** The reviewed changes that change nothing. */
const isEquivalent = (file, original, replacement) => {
  const found = EQUIVALENT.find((each) => each.file === file && each.original === original && each.replacement === replacement);
  if (found) used.add(found);
  return !!found;
};

const judge = (files) => {
  const counts = { killed: 0, survived: 0, equivalent: 0 };
  const survivors = [];
  for (const [file, { source, mutants }] of Object.entries(files))
    for (const { status, location, replacement = '', mutatorName, static: isStatic } of mutants) {
      // Made as a file loads: before the change, but where all tests run anew for it.
      if (isStatic && !values.static) continue;
      if (status === 'Killed' || status === 'Timeout') counts.killed++;
      if (status !== 'Survived' && status !== 'NoCoverage') continue;
      const original = textOf(source, location);
      if (isEquivalent(file, original, replacement)) counts.equivalent++;
      else {
        counts.survived++;
        survivors.push(`${file}:${location.start.line} ${mutatorName}: ${inShort(original)} => ${inShort(replacement)}`);
      }
    }
  return { counts, survivors };
};

setPriority(15);
mkdirSync(OUT, { recursive: true });
const table = [];
const lines = [];
for (const [name, files] of Object.entries(chosen)) {
  const tried = await run(name, files);
  if (!tried) {
    console.error(`${name}: Stryker gave no report; the lines above say why.`);
    process.exitCode = 1;
    continue;
  }
  const { counts, survivors } = judge(tried);
  const all = counts.killed + counts.survived;
  table.push({ folder: name, ...counts, score: all ? `${((100 * counts.killed) / all).toFixed(1)} %` : '' });
  lines.push(...survivors);
}
writeFileSync(`${OUT}/survivors.txt`, `${lines.join('\n')}\n`);
console.table(table);
console.log(`${lines.length} survived: ${OUT}/survivors.txt`);
if (!values.files)
  for (const each of EQUIVALENT)
    if (!used.has(each)) console.log(`equivalent.mjs names what is not there: ${each.file} ${each.original}`);
