/** `npm run truth`: the same tests on all 5,000 visitors. `npm run truth -- --seed 7` takes another population. */
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';

const { values } = parseArgs({
  options: { visitors: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
});
process.env.TRUTH_VISITORS = values.visitors;
process.env.TRUTH_SEED = values.seed;
const vitest = await startVitest('test', ['test/truth/truth.test.js'], {
  run: true,
  testTimeout: 600_000,
  hookTimeout: 600_000,
});
await vitest?.close();
