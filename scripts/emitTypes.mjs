// Writes the declarations beside the built modules, once for `import` (.d.mts) and once for `require` (.d.ts).
// Relative imports in a .d.mts must name their file in full, which TypeScript does not do by itself.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const out = mkdtempSync(join(tmpdir(), 'minitrail-types-'));
try {
  execFileSync(
    process.execPath,
    [tsc, '-p', '.', '--noEmit', 'false', '--emitDeclarationOnly', '--declaration', '--stripInternal', '--outDir', out],
    {
      stdio: 'inherit',
    },
  );
  for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.d.ts')) continue;
    const text = readFileSync(join(out, file), 'utf8');
    // `src/` is the root of the package's paths: adapters lie beside it in the source and beside `types/` when built.
    const moved = text.replace(/(['"](?:\.\.\/)+)src\//g, '$1');
    const target = join('dist', file.replace(/^src[\\/]/, '').replace(/\.d\.ts$/, ''));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.d.ts`, moved);
    writeFileSync(`${target}.d.mts`, moved.replace(/(from\s+|import\()(['"])(\.[^'"]+)\2/g, '$1$2$3.mjs$2'));
  }
} finally {
  rmSync(out, { recursive: true });
}

copyFileSync('src/formats/json.schema.json', 'dist/formats/json.schema.json');
