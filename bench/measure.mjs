import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { SDKS } from './sdks/index.mjs';

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

export const createMeasure = (bundles, counter, engine) => {
  const directory = mkdtempSync(join(tmpdir(), 'minitrail-bench-'));
  /** The job with the SDK's bundle, and a server that answers as this SDK expects. */
  const complete = (job) => ({
    ...job,
    bundle: bundles[job.sdk],
    host: { body: (SDKS[job.sdk] || SDKS.minitrail).answer, ...job.host },
  });
  /** What one fresh process saw of the job. */
  const run = (job) => engine.run(complete(job));
  return {
    run,
    complete,
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
  };
};
