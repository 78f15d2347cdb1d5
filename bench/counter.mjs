import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// One thread and fixed seeds, so that the same job counts the same instructions, and a low budget, so that V8 optimises
// after hundreds of calls what a long session would optimise after thousands.
export const NODE_FLAGS = ['--single-threaded', '--hash-seed=1', '--random-seed=1', '--interrupt-budget=10000'];
// No collector beside the main thread: when it gets its turn is chance.
export const JSC_FLAGS = ['--useJIT=false', '--useConcurrentGC=false', '--numberOfGCMarkers=1'];

const COMPILE =
  'v8::internal::Compiler::CompileOptimized(v8::internal::Isolate*, v8::internal::Handle<v8::internal::JSFunction>, v8::internal::ConcurrencyMode, v8::internal::CodeKind)';
// What `process.cpuUsage()` calls, which each mark does.
const MARK = 'node::CPUUsage*';

const inDirectory = async (run) => {
  const directory = mkdtempSync(join(tmpdir(), 'minitrail-bench-'));
  try {
    return await run((name) => join(directory, name));
  } finally {
    rmSync(directory, { recursive: true });
  }
};
const execute = ([program, ...args]) =>
  new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 2 ** 28 }, (error, _, stderr) => (error ? reject(error) : resolve(stderr)));
  });
const works = (run) => {
  try {
    return run();
  } catch {
    // Not installed, or this machine hides its counters, as most virtual machines do.
    return false;
  }
};

/** The names of a job's marks, in order; `created`, if it asks for that, is in the launch, before the app's own code. */
const marksOf = ({ steps, markCreated }) => [
  ...(markCreated ? ['created'] : []),
  ...steps.filter(([step]) => step === 'mark').map(([, name]) => name),
];
const differences = (totals) => totals.map((total, index) => total - (index ? totals[index - 1] : 0));
/** For counters of whole processes: one process for each mark of the job, which ends there. */
const countByPrefix = async (job, countWhole) => {
  const totals = [];
  for (const quitAt of marksOf(job)) totals.push(await countWhole({ ...job, quitAt }));
  return differences(totals);
};

/** The processor's own counter, of whole processes. */
const perf = (out) => ['perf', 'stat', '-x', ',', '-e', 'instructions:u', '-o', out];
const perfTotal = (out) => +(/^(\d+),[^\n]*instructions/m.exec(readFileSync(out, 'utf8')) || [])[1];
const PERF = {
  describe: '`perf stat -e instructions:u`',
  works: () =>
    works(() => {
      const directory = mkdtempSync(join(tmpdir(), 'minitrail-bench-'));
      try {
        const [program, ...args] = perf(join(directory, 'out'));
        execFileSync(program, [...args, 'true'], { stdio: 'ignore' });
        return perfTotal(join(directory, 'out')) > 0;
      } finally {
        rmSync(directory, { recursive: true });
      }
    }),
  count: (job, engine) =>
    countByPrefix(job, (each) =>
      inDirectory(async (path) => {
        await execute([...perf(path('out')), ...engine.command(each, engine.countingFlags)]);
        return perfTotal(path('out'));
      }),
    ),
};

/** Slower. In Node it sees functions: it counts from mark to mark, and leaves V8's optimising compiler out. */
const VALGRIND = {
  describe: 'valgrind; without those of V8’s optimising compiler, which has a thread of its own on a device',
  works: () => works(() => execFileSync('valgrind', ['--version']).length > 0),
  count: (job, engine) =>
    engine.name === 'V8' ? countMarks(job, engine) : countByPrefix(job, (each) => countWhole(each, engine)),
};
const countMarks = (job, engine) =>
  inDirectory(async (path) => {
    await execute([
      'valgrind',
      '--tool=callgrind',
      `--callgrind-out-file=${path('out')}`,
      '--smc-check=all-non-file',
      `--toggle-collect=${COMPILE}`,
      '--collect-atstart=yes',
      `--dump-before=${MARK}`,
      ...engine.command(job, engine.countingFlags),
    ]);
    return marksOf(job).map((_, index) => +/^totals: (\d+)/m.exec(readFileSync(path(`out.${index + 1}`), 'utf8'))[1]);
  });
const countWhole = (job, engine) =>
  inDirectory(async (path) => {
    const output = await execute([
      'valgrind',
      '--tool=cachegrind',
      '--cache-sim=no',
      `--cachegrind-out-file=${path('out')}`,
      ...engine.command(job, engine.countingFlags),
    ]);
    return +/I\s+refs:\s+([\d,]+)/.exec(output)[1].replace(/,/g, '');
  });

/** What counts instructions on this machine, or nothing. `count` gives a figure for each mark: since the one before. */
export const findCounter = () => [PERF, VALGRIND].find((each) => each.works());

/** Instructions of one fresh process between marks, by the name of the mark at their end. */
export const countJob = async (counter, engine, job) => {
  const counts = await counter.count(job, engine);
  return Object.fromEntries(marksOf(job).map((name, index) => [name, counts[index]]));
};
