import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

/** Beside each file the same as gzip, which the collector answers whoever takes it: before it there may be no balancer that would. */
const compressed = {
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir }, files) {
    for (const name of Object.keys(files).filter((each) => /\.(html|js|css)$/.test(each))) {
      const path = join(dir, name);
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
    }
  },
};

export default defineConfig({
  base: './',
  plugins: [vue(), compressed],
  // `npx vite` beside a running collector.
  server: { proxy: { '/api': 'http://127.0.0.1:8788' } },
});
