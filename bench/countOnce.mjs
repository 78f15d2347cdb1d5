import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { countJob } from './counter.mjs';

const kept = new URL('.cache/counts.json', import.meta.url);
const HOST = ['host/clock', 'host/drive', 'host/events', 'host/wechat', 'child', 'childJsc', 'counter'].map(
  (name) => new URL(`${name}.mjs`, import.meta.url),
);

/**
 * Counts a job's instructions, or reads what was counted before: the same script on the same host and engine takes the
 * same instructions, to a percent, and an hour on a slow machine. `.cache` can be deleted at any time.
 */
export const createCounts = (counter) => {
  const counted = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
  const host = HOST.map((file) => readFileSync(file)).join('');
  return async (engine, job) => {
    const { bundle, host: given, markCreated, steps } = job;
    const key = createHash('sha256')
      .update(
        `${host}${readFileSync(bundle)}${engine.label} ${counter.describe} ${JSON.stringify([given.body, markCreated, steps])}`,
      )
      .digest('hex');
    if (!counted[key]) {
      counted[key] = await countJob(counter, engine, job);
      writeFileSync(kept, JSON.stringify(counted));
    }
    return counted[key];
  };
};
