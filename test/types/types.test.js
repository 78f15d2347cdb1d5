import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** What TypeScript says to a project; nothing when it compiles. */
const complaints = async (project) => {
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', project], { cwd: root });
    return '';
  } catch ({ stdout }) {
    return stdout;
  }
};

// Rows of `*.test-d.ts` that must not compile are marked by `@ts-expect-error`, which fails when they do.
describe('types', () => {
  it.each([
    ['the source knows neither DOM nor Node', 'test/types/bare'],
    ['the public types accept and refuse what they should', 'test'],
    ['the official typings of WeChat fit the adapter', 'test/types/wechat'],
    ['the official typings of Alipay fit the adapter', 'test/types-alipay'],
    ['the official typings of Douyin fit the adapter', 'test/types-douyin'],
  ])(
    '%s',
    async (_, project) => {
      expect(await complaints(project)).toBe('');
    },
    240_000,
  );
});
