import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { JSC_FLAGS, NODE_FLAGS } from './counter.mjs';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));

const execute = ([program, ...args]) =>
  new Promise((resolve, reject) => {
    const options = { maxBuffer: 2 ** 28, env: { ...process.env, TZ: 'Asia/Shanghai' } };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error) return reject(new Error(`${error.message}\n${stderr}`));
      const result = JSON.parse(stdout);
      return result.failed ? reject(new Error(result.failed)) : resolve(result);
    });
  });

const createEngine = (engine) => ({
  ...engine,
  /** What one fresh process saw of the job. */
  run: ({ flags = engine.flags, ...job }) => execute(engine.command(job, flags)),
});

/** V8, as WeChat has it on Android and in its tools. */
export const createV8 = () =>
  createEngine({
    name: 'V8',
    place: 'V8, as on Android',
    label: `V8 ${process.versions.v8.replace(/-.*/, '')}`,
    flags: [],
    countingFlags: NODE_FLAGS,
    command: (job, flags) => [process.execPath, ...flags, CHILD, JSON.stringify(job)],
  });

/** JavaScriptCore as WeChat has it on iPhones, where it may not compile at run time: all is interpreted. */
export const createJsc = (driver) =>
  createEngine({
    name: 'JavaScriptCore',
    place: 'JavaScriptCore without its compiler, as on iPhones',
    label: 'JavaScriptCore, no JIT',
    flags: ['--useJIT=false'],
    countingFlags: JSC_FLAGS,
    command: (job, flags) => ['jsc', ...flags, driver, '--', JSON.stringify(job)],
  });

export const hasJsc = () => {
  try {
    execFileSync('jsc', ['-e', '1'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not installed: its half of the tables is left out, and the report says so.
    return false;
  }
};
