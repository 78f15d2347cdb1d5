import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { killRounds } from '../../bench/killRounds.js';

/** A short version of `npm run kills`. */
describe('a server that is killed while phones send', () => {
  it.each([['none'], ['cutLine'], ['damagedDatabase']])(
    'loses nothing that it acknowledged and doubles nothing (harm: %s)',
    async (harm) => {
      const folder = mkdtempSync(join(tmpdir(), 'insight-kills-'));
      const { acknowledged, lost, doubled } = await killRounds(folder, 3, { harm });
      expect(acknowledged).toBeGreaterThan(0);
      expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
      rmSync(folder, { recursive: true, force: true });
    },
  );
});
