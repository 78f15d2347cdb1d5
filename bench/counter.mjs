import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// One thread and fixed seeds: the same job counts the same instructions, compilation and garbage collection included.
export const NODE_FLAGS = ['--single-threaded', '--hash-seed=1', '--random-seed=1'];

const PERF = {
  name: 'perf',
  describe: '`perf stat -e instructions:u`',
  command: (out) => ['perf', 'stat', '-x', ',', '-e', 'instructions:u', '-o', out],
  read: (text) => +(/^(\d+),[^\n]*instructions/m.exec(text) || [])[1],
};
const VALGRIND = {
  name: 'valgrind',
  describe: 'valgrind (cachegrind)',
  command: (out) => [
    'valgrind',
    '--tool=cachegrind',
    '--cache-sim=no',
    '--cachegrind-out-file=/dev/null',
    '--smc-check=all-non-file',
    `--log-file=${out}`,
  ],
  read: (text) => +((/I\s+refs:\s+([\d,]+)/.exec(text) || [])[1] || '').replace(/,/g, ''),
};

const works = ({ command, read }) => {
  const directory = mkdtempSync(join(tmpdir(), 'minitrail-bench-'));
  const out = join(directory, 'count');
  try {
    const [program, ...args] = command(out);
    execFileSync(program, [...args, 'true'], { stdio: 'ignore' });
    return read(readFileSync(out, 'utf8')) > 0;
  } catch {
    // Not installed, or this machine hides its counters (most virtual machines do).
    return false;
  } finally {
    rmSync(directory, { recursive: true });
  }
};

/** What counts instructions on this machine: the processor's own counter, else valgrind, else nothing. */
export const findCounter = () => [PERF, VALGRIND].find(works);

/** The instructions in user space of one whole `node` process. */
export const countInstructions = ({ command, read }, args) =>
  new Promise((resolve, reject) => {
    const directory = mkdtempSync(join(tmpdir(), 'minitrail-bench-'));
    const out = join(directory, 'count');
    const [program, ...before] = command(out);
    execFile(program, [...before, process.execPath, ...NODE_FLAGS, ...args], { maxBuffer: 2 ** 28 }, (error) => {
      const text = error ? '' : readFileSync(out, 'utf8');
      rmSync(directory, { recursive: true });
      if (error) reject(error);
      else resolve(read(text));
    });
  });
