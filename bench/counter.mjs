import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// One thread and fixed seeds, so that the same job counts the same instructions, and a low budget, so that V8 optimises
// after hundreds of calls what a long session would optimise after thousands.
export const NODE_FLAGS = ['--single-threaded', '--hash-seed=1', '--random-seed=1', '--interrupt-budget=10000'];

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
    execFile(program, args, { maxBuffer: 2 ** 28 }, (error) => (error ? reject(error) : resolve()));
  });

const perfCommand = (out) => ['perf', 'stat', '-x', ',', '-e', 'instructions:u', '-o', out];
const perfTotal = (out) => +(/^(\d+),[^\n]*instructions/m.exec(readFileSync(out, 'utf8')) || [])[1];
const isMark = ([step]) => step === 'mark';

/** The processor's own counter. It counts whole processes: what lies between two marks is the difference of two. */
const PERF = {
  describe: '`perf stat -e instructions:u`',
  works() {
    const directory = mkdtempSync(join(tmpdir(), 'minitrail-bench-'));
    const out = join(directory, 'out');
    try {
      const [program, ...args] = perfCommand(out);
      execFileSync(program, [...args, 'true'], { stdio: 'ignore' });
      return perfTotal(out) > 0;
    } catch {
      // Not installed, or this machine hides its counters, as most virtual machines do.
      return false;
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
  async count(job, argsOf) {
    const totals = [];
    for (const [index, step] of job.steps.entries()) {
      if (!isMark(step)) continue;
      totals.push(
        await inDirectory(async (path) => {
          const args = argsOf({ ...job, steps: job.steps.slice(0, index + 1) });
          await execute([...perfCommand(path('out')), process.execPath, ...NODE_FLAGS, ...args]);
          return perfTotal(path('out'));
        }),
      );
    }
    return totals.map((total, index) => total - (index ? totals[index - 1] : 0));
  },
};

/** Slower, but it sees functions: it counts from mark to mark, and leaves V8's optimising compiler out. */
const VALGRIND = {
  describe: 'valgrind (callgrind), without those of the optimising compiler, which has a thread of its own on a device',
  works() {
    try {
      execFileSync('valgrind', ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  },
  count: (job, argsOf) =>
    inDirectory(async (path) => {
      await execute([
        'valgrind',
        '--tool=callgrind',
        `--callgrind-out-file=${path('out')}`,
        '--smc-check=all-non-file',
        `--toggle-collect=${COMPILE}`,
        '--collect-atstart=yes',
        `--dump-before=${MARK}`,
        process.execPath,
        ...NODE_FLAGS,
        ...argsOf(job),
      ]);
      return job.steps
        .filter(isMark)
        .map((_, index) => +/^totals: (\d+)/m.exec(readFileSync(path(`out.${index + 1}`), 'utf8'))[1]);
    }),
};

/** What counts instructions on this machine, or nothing. `count` gives a figure for each mark: since the one before. */
export const findCounter = () => [PERF, VALGRIND].find(({ works }) => works());
