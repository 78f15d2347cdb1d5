import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killRounds } from './killRounds.js';

/** `npm run kills [-- rounds]`: 200 kills, 20 of them with a line cut off, 20 with a full disk, 5 with a damaged database. */
const ROUNDS = Number(process.argv[2] ?? 155);
/** A file that may not grow beyond this fails as a full disk does. */
const LIMIT_BLOCKS = 3000;
const fullDisk = ['sh', '-c', `ulimit -f ${LIMIT_BLOCKS}; exec "$@"`, 'sh'];

/** @type {[string, number, Parameters<typeof killRounds>[2]][]} */
const SERIES = [
  ['killed at a random moment', ROUNDS, {}],
  ['and a line cut off', Math.ceil(ROUNDS / 8), { harm: 'cutLine' }],
  ['and a full disk', Math.ceil(ROUNDS / 8), { prefix: fullDisk }],
  ['and a damaged database', Math.min(5, ROUNDS), { harm: 'damagedDatabase' }],
];

for (const [name, rounds, options] of SERIES) {
  const folder = mkdtempSync(join(tmpdir(), 'insight-kills-'));
  const outcome = await killRounds(folder, rounds, options);
  console.log(name, JSON.stringify(outcome));
  if (outcome.lost > 0 || outcome.doubled > 0) process.exitCode = 1;
  rmSync(folder, { recursive: true, force: true });
}
