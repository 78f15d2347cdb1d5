import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import { compileProject } from '../../../examples/simulator/compileProject.mjs';
import { write } from './createProject.js';
import { runTool } from './runTool.js';

const script = fileURLToPath(new URL('wechatTool.cjs', import.meta.url));
const answerOf = (printed) => JSON.parse(printed.trim().split('\n').at(-1));

/** The official "build npm": fills `miniprogram_npm` of a project, and says what it did and warned of. */
export const buildNpm = async (dir) => answerOf(await runTool(script, [dir, '[""]']))[0];

/**
 * "Build npm" and the official compiler. What comes out is what would be uploaded, as a project for the simulator's host.
 *
 * @param {string} dir
 * @param {object} setting as DevTools' local settings: `es6` is "ES6 转 ES5", `es7` "增强编译"
 * @param {string[]} [roots] the folders with a package.json: the main package, independent subpackages
 */
export const compile = async (dir, setting, roots = ['']) => {
  const out = mkdtempSync(join(tmpdir(), 'minitrail-wechat-'));
  try {
    const zip = join(out, 'app.zip');
    const packed = answerOf(await runTool(script, [dir, JSON.stringify(roots), zip, JSON.stringify(setting)]));
    const warnList = packed.flatMap((each) => each.warnList);
    const files = Object.entries(unzipSync(readFileSync(zip))).filter(([path]) => !path.endsWith('/'));
    const unpacked = join(out, 'app');
    write(unpacked, Object.fromEntries(files));
    const text = Object.fromEntries(
      files.filter(([path]) => path.endsWith('.js')).map(([path, bytes]) => [path, strFromU8(bytes)]),
    );
    return { warnList, scripts: text, project: await compileProject(unpacked) };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
};
