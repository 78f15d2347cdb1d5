import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));

export const median = (values) => {
  const sorted = values.slice().sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Runs `tasks`, so many at a time as there are processors. For what does not measure time. */
export const inParallel = async (tasks) => {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < tasks.length) {
      const index = next++;
      results[index] = await tasks[index]();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(8, availableParallelism())) }, worker));
  return results;
};

export const createMeasure = (bundles, counter) => {
  const directory = mkdtempSync(join(tmpdir(), 'minitrail-bench-'));
  const argsOf = (job) => [CHILD, JSON.stringify({ ...job, bundle: bundles[job.sdk] })];
  /** What one fresh process saw of the job. */
  const run = (job) =>
    new Promise((resolve, reject) => {
      const { flags = [] } = job;
      execFile(
        process.execPath,
        [...flags, ...argsOf(job)],
        { maxBuffer: 2 ** 28, env: { ...process.env, TZ: 'Asia/Shanghai' } },
        (error, stdout) => (error ? reject(error) : resolve(JSON.parse(stdout))),
      );
    });
  return {
    run,
    counter,
    /** Where the storage of a device outlives its process. */
    file: (name) => join(directory, `${name}.json`),
    storedBytes: (file) =>
      Object.entries(JSON.parse(readFileSync(file, 'utf8'))).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0),
    end: () => rmSync(directory, { recursive: true }),
    /** The medians of some figures over `times` fresh processes, one after the other. */
    async typical(job, times, figures) {
      const runs = [];
      for (let i = 0; i < times; i++) runs.push(await run(job));
      return Object.fromEntries(Object.keys(figures).map((name) => [name, median(runs.map(figures[name]))]));
    },
    /** Instructions of one fresh process between marks, by the name of the mark at their end. */
    async count(job) {
      const counts = await counter.count({ ...job, host: { lean: true } }, argsOf);
      const names = job.steps.filter(([step]) => step === 'mark').map(([, name]) => name);
      return Object.fromEntries(names.map((name, index) => [name, counts[index]]));
    },
  };
};
