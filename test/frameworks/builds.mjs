import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const examples = join(root, 'examples/frameworks');
const cache = join(root, '.cache/frameworks');

export const PLATFORMS = ['wechat', 'alipay', 'douyin'];

/**
 * Where each build lies, and which names its framework's own runtime uses, so that devices have them: to all other code
 * the host stays as bare as ever.
 */
export const FRAMEWORKS = {
  native: { output: (platform) => platform },
  taro: {
    output: (platform) => join('dist', { wechat: 'weapp', alipay: 'alipay', douyin: 'tt' }[platform]),
    // https://github.com/NervJS/taro/blob/v4.2.0/packages/taro-platform-alipay/src/runtime.ts
    present: { alipay: ['navigator'] },
  },
  'uni-app': {
    output: (platform) => join('dist/build', { wechat: 'mp-weixin', alipay: 'mp-alipay', douyin: 'mp-toutiao' }[platform]),
    // On WeChat it puts its copy of `wx` on `globalThis`; on both it keeps its functions on `global`.
    // https://github.com/dcloudio/uni-app/blob/next/packages/uni-mp-weixin/src/api/wx.ts
    present: { wechat: ['global', 'globalThis'], douyin: ['global'] },
  },
  mpx: {
    output: (platform) => join('dist', { wechat: 'wx', alipay: 'ali', douyin: 'tt' }[platform]),
  },
};

const run = async (command, args, cwd) => {
  const { NODE_ENV: _, ...env } = process.env;
  try {
    await promisify(execFile)(command, args, { cwd, env: { ...env, CI: '1' }, maxBuffer: 2 ** 26 });
  } catch (error) {
    throw new Error(
      `${command} ${args.join(' ')}: ${`${error.stdout}${error.stderr}`.trim().split('\n').slice(-15).join('\n')}`,
    );
  }
};

const filesIn = (dir, skip = []) =>
  readdirSync(dir, { withFileTypes: true })
    .filter(({ name }) => !skip.includes(name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(dir, entry.name), skip) : [join(dir, entry.name)]))
    .sort();

const filesAt = (path) => (statSync(path).isDirectory() ? filesIn(path) : [path]);

const hashOf = (files) => {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) hash.update(relative(root, file)).update(readFileSync(file));
  return hash.digest('hex');
};

/** Does the work unless its stamp says that it was done with the same input. */
const once = async (stamp, input, work) => {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === input) return;
  rmSync(stamp, { force: true });
  await work();
  writeFileSync(stamp, input);
};

const OUTPUTS = ['node_modules', 'dist', 'miniprogram_npm'];
// What exists only in the packed file, such as a folder per import, is for tools that these builds do not use.
const PACKAGE = ['package.json', ...JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).files].filter((name) =>
  existsSync(join(root, name)),
);

const copyPackage = (to) => {
  rmSync(to, { recursive: true, force: true });
  for (const name of PACKAGE) cpSync(join(root, name), join(to, name), { recursive: true });
};

/** This package changes from run to run, and is put beside the others by hand. */
const copyWithoutPackage = (from, to) => {
  const json = JSON.parse(readFileSync(from, 'utf8'));
  delete (json.packages?.[''] ?? json).dependencies.minitrail;
  if (json.packages) delete json.packages['node_modules/minitrail'];
  writeFileSync(to, JSON.stringify(json));
};

/** Puts the package where the host's tools would: https://developers.weixin.qq.com/miniprogram/dev/devtools/npm.html */
const installNative = (dir, platform) => {
  if (platform === 'alipay') return copyPackage(join(dir, 'node_modules/minitrail'));
  return cpSync(join(root, 'miniprogram_dist'), join(dir, 'miniprogram_npm/minitrail'), { recursive: true });
};

/**
 * Builds the example with the package as it is built now. What was installed and built before from the same files is
 * taken from `.cache`.
 *
 * @param {string} framework
 * @param {string} platform
 * @returns {Promise<string>} the folder of the build
 */
export const build = async (framework, platform) => {
  const source = join(examples, framework);
  const dir = join(cache, framework);
  const output = join(dir, FRAMEWORKS[framework].output(platform));
  mkdirSync(dir, { recursive: true });

  if (framework === 'native') {
    rmSync(output, { recursive: true, force: true });
    cpSync(join(source, platform), output, { recursive: true });
    installNative(output, platform);
    return output;
  }

  const setup = ['.npmrc', 'package.json', 'package-lock.json'].map((name) => join(source, name));
  await once(join(dir, '.installed'), hashOf(setup), async () => {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
    cpSync(join(source, '.npmrc'), join(dir, '.npmrc'));
    for (const name of ['package.json', 'package-lock.json']) copyWithoutPackage(join(source, name), join(dir, name));
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], dir);
  });

  const input = hashOf([...filesIn(source, OUTPUTS), ...PACKAGE.flatMap((name) => filesAt(join(root, name)))]);
  await once(join(dir, `.built-${platform}`), input, async () => {
    copyPackage(join(dir, 'node_modules/minitrail'));
    for (const name of readdirSync(source)) {
      if (OUTPUTS.includes(name)) continue;
      rmSync(join(dir, name), { recursive: true, force: true });
      cpSync(join(source, name), join(dir, name), { recursive: true });
    }
    await run('npm', ['run', '--silent', `build:${platform}`], dir);
  });
  return output;
};
