import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Packs what was built last into the tarball that npm would publish; `inject('tarball')` is its path. */
export default (project) => {
  const dir = mkdtempSync(join(tmpdir(), 'minitrail-pack-'));
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', dir];
  const [{ filename }] = JSON.parse(
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  project.provide('tarball', join(dir, filename));
  return () => rmSync(dir, { recursive: true });
};
