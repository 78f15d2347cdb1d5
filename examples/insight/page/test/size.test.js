import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { beforeAll, expect, it } from 'vitest';

const KB = 1000;
let output;
beforeAll(async () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  ({ output } = await build({ root, logLevel: 'silent', build: { write: false } }));
}, 120_000);

const compressed = (files) => files.reduce((sum, { code, source }) => sum + gzipSync(code ?? source).length, 0);
const named = (name) => output.find(({ fileName }) => fileName === name);

it('shows the first numbers with 150 kB at most', () => {
  const entry = output.find(({ isEntry }) => isEntry);
  const first = [entry, ...entry.imports.map(named), ...output.filter(({ fileName }) => /\.(html|css)$/.test(fileName))];
  expect(compressed(first)).toBeLessThanOrEqual(150 * KB);
});

it('loads charts later, with 240 kB at most', () => {
  const charts = output.find(({ moduleIds }) => moduleIds?.some((id) => id.endsWith('src/echarts.js')));
  const parts = [charts, ...charts.imports.map(named)];
  expect(parts.some(({ moduleIds }) => moduleIds.some((id) => id.includes('/zrender/')))).toBe(true);
  expect(compressed(parts)).toBeLessThanOrEqual(240 * KB);
});
