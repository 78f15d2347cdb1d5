// The unit tests once more, on the files that mini-programs get: what the source exports by a public path is taken from
// `miniprogram_dist/`.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { entries } from '../../scripts/entries.mjs';
import base from '../../vitest.config.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const minified = new Map(
  Object.entries(entries).map(([name, source]) => [join(root, source), join(root, 'miniprogram_dist', `${name}.js`)]),
);

export default defineConfig({
  root,
  plugins: [
    {
      name: 'minified',
      enforce: 'pre',
      async resolveId(source, importer, options) {
        const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
        const file = resolved && minified.get(resolved.id);
        return file ? { id: file, external: true } : null;
      },
    },
  ],
  test: {
    ...base.test,
    include: ['adapters', 'cloud', 'createTracker', 'api', 'instrument', 'plugins', 'privacy', 'share'].map(
      (folder) => `test/${folder}/**/*.test.{ts,js}`,
    ),
    server: { deps: { external: [/\/miniprogram_dist\//] } },
    reporters: ['default', ['json', { outputFile: '.cache/minified-results.json' }]],
  },
});
