import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const preload = fileURLToPath(new URL('loopbackOnly.cjs', import.meta.url));
const run = promisify(execFile);

/**
 * Runs a vendor's tool in a process of its own, with a home and a working folder that are thrown away: the tools keep
 * caches and identifiers there. Resolves with what it printed as output; rejects with all it printed when it fails.
 *
 * @param {string} script
 * @param {string[]} args
 */
export const runTool = async (script, args) => {
  const home = mkdtempSync(join(tmpdir(), 'minitrail-tool-'));
  const env = { PATH: process.env.PATH, HOME: home, USERPROFILE: home, NODE_OPTIONS: `--require ${JSON.stringify(preload)}` };
  try {
    const { stdout } = await run(process.execPath, [script, ...args], { cwd: home, env, timeout: 120_000 });
    return stdout;
  } catch (error) {
    throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};
