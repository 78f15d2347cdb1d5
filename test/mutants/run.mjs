import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { EQUIVALENT } from './equivalent.mjs';
import { createSandbox, filesOf } from './sandbox.mjs';

// Changes the source in one small place at a time, by Stryker, and tells which changes no test notices. Folder by folder.
const { values } = parseArgs({
  options: {
    files: { type: 'string', multiple: true },
    tests: { type: 'string', multiple: true },
  },
});
const patterns = (given) => given && given.flatMap((each) => each.split(/[\s,]+/));

/** Not here: scenes and texts, which are data. */
const FOLDERS = {
  plugins: ['src/plugins/**/*.ts'],
  formats: ['src/formats/**/*.ts', 'src/compress/**/*.ts'],
  sources: ['src/sources/**/*.ts'],
  share: ['src/share/**/*.ts'],
  frameworks: ['src/frameworks/**/*.ts'],
  adapters: ['adapters/**/*.ts'],
  cloud: ['src/cloud/**/*.ts'],
  utils: ['src/utils/**/*.ts', 'src/webview.ts', 'src/headers.ts'],
  debug: ['src/debug.ts', 'src/debug/checkOptions.ts'],
  instrument: ['src/instrument/**/*.ts', 'src/api/**/*.ts'],
  tracker: ['src/create*.ts', 'src/consent.ts', 'src/options.ts', 'src/enrich/**/*.ts', 'src/capture/**/*.ts'],
  delivery: ['src/queue/**/*.ts', 'src/transport/**/*.ts'],
};
/** The tests that run the source itself and are quick; those of what is built see no change in it. */
const TESTED =
  'adapters,api,capture,cloud,createTracker,debug,enrich,formats,frameworks,instrument,plugins,queue,share,sources,transport,utils,webview';
const SLOW = /InShop\.test|test\/(cloud\/servers|plugins\/interaction|share\/(shop|population)|webview\/browser)\.test/;
const TESTS = TESTED.split(',').map((folder) => `test/${folder}/**`);
const OUT = '.cache/mutants';
const HANGS_MS = 60_000;

const tests = filesOf(...(patterns(values.tests) || TESTS)).filter((file) => /\.test\.[jt]s$/.test(file) && !SLOW.test(file));
const chosen = values.files ? { files: patterns(values.files) } : FOLDERS;

/** One process of the tests in the copy; answers its exit code. `isOver`, asked all the time, ends it. */
const vitest = (dir, args, env, isOver = () => false) =>
  new Promise((resolve) => {
    const log = openSync(`${dir}/attempts.log`, 'a');
    const child = spawn(
      'node',
      ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/mutants/vitest.config.mjs', ...args],
      {
        cwd: dir,
        env: { ...process.env, ...env },
        stdio: ['ignore', log, log],
      },
    );
    const watch = setInterval(() => isOver() && child.kill('SIGKILL'), 1000);
    child.on('exit', (code) => {
      clearInterval(watch);
      closeSync(log);
      resolve(code);
    });
  });

/** What became of each change: `killed`, `survived`, or `early` where it is made as a file loads and none noticed. */
const tryAll = async (dir, mutants) => {
  const [results, current] = [`${dir}/attempts.jsonl`, `${dir}/attempts.now`];
  const read = () => (existsSync(results) ? readFileSync(results, 'utf8').trim().split('\n').map(JSON.parse) : []);
  writeFileSync(`${dir}/attempts.json`, JSON.stringify({ ids: mutants.map(({ id }) => id), tests }));
  for (;;) {
    rmSync(current, { force: true });
    await vitest(dir, [], {}, () => existsSync(current) && Date.now() - statSync(current).mtimeMs > HANGS_MS);
    const said = read();
    const end = said.find(({ id }) => id === 'end');
    if (end) return { failing: end.failing, results: new Map(said.map(({ id, status }) => [id, status])) };
    if (!existsSync(current)) return undefined;
    // It hung, or the process ended with it: both would be noticed.
    const id = readFileSync(current, 'utf8');
    if (!said.some((each) => each.id === id))
      writeFileSync(results, `${JSON.stringify({ id, status: 'killed' })}\n`, { flag: 'a' });
  }
};

const inShort = (text) => text.replace(/\s+/g, ' ').slice(0, 120);
const used = new Set();
/** The reviewed changes that change nothing. */
const isEquivalent = ({ file, original, replacement }) => {
  const found = EQUIVALENT.find((each) => each.file === file && each.original === original && each.replacement === replacement);
  if (found) used.add(found);
  return !!found;
};

const judge = async (dir, mutants, { results, failing }) => {
  const counts = { killed: 0, survived: 0, equivalent: 0 };
  const survivors = [];
  for (const name of failing) console.log(`left out, as it fails without a change: ${name}`);
  for (const mutant of mutants) {
    const { id, file, line, kind, original, replacement } = mutant;
    const status = results.get(id);
    // Tests that fail anyway would notice each of these.
    if (status === 'early' && failing.length) continue;
    // What is made as a file loads is on from the start, in a process of its own.
    const isKilled =
      status === 'killed' ||
      (status === 'early' && (await vitest(dir, ['--bail', '1'], { __STRYKER_ACTIVE_MUTANT__: id })) !== 0);
    if (isKilled) counts.killed++;
    else if (isEquivalent(mutant)) counts.equivalent++;
    else {
      counts.survived++;
      survivors.push(`${file}:${line} ${kind}: ${inShort(original)} => ${inShort(replacement)}`);
    }
  }
  return { counts, survivors };
};

setPriority(15);
mkdirSync(OUT, { recursive: true });
const table = [];
const lines = [];
for (const [name, given] of Object.entries(chosen)) {
  const dir = `${OUT}/${name}`;
  const mutants = await createSandbox(dir, filesOf(...given));
  console.log(`${name}: ${mutants.length} changes, ${tests.length} files of tests`);
  const tried = await tryAll(dir, mutants);
  if (!tried) {
    console.error(`${name}: the tests do not run, see ${dir}/attempts.log`);
    process.exitCode = 1;
    continue;
  }
  const { counts, survivors } = await judge(dir, mutants, tried);
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
