import { fileURLToPath } from 'node:url';

const { MUTANTS_FILES = '', MUTANTS_OUT = '.cache/mutants/mutants.json', MUTANTS_STATIC } = process.env;

export default {
  plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner'))],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutants/vitest.config.mjs', related: false },
  mutate: MUTANTS_FILES.split(','),
  coverageAnalysis: 'perTest',
  // What is made as a module loads can only be tried by all tests at once: ten times as slow.
  ignoreStatic: !MUTANTS_STATIC,
  concurrency: 1,
  timeoutMS: 8_000,
  disableTypeChecks: false,
  incremental: true,
  incrementalFile: MUTANTS_OUT.replace(/\.json$/, '.incremental.json'),
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: MUTANTS_OUT },
  tempDirName: '.cache/stryker',
  ignorePatterns: ['.cache', 'bench', 'dist', 'miniprogram_dist', 'standalone', 'examples/*/node_modules'],
};
