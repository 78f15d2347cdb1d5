// `npm run shop`: puts the built package into the WeChat shop (this folder), and writes the shop as native projects for
// Alipay and Douyin, `examples/shop-alipay/dist` and `examples/shop-douyin/dist`. Logic, styles and templates are the
// WeChat shop's, the templates in the host's words; what the hosts' APIs make different is written by hand in
// `examples/shop-alipay` and `examples/shop-douyin`, and wins.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { words } from './words.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SHOP = join(ROOT, 'examples/shop');

/** What only WeChat's tools read, or only this build. Each project is whole: nothing points out of its folder. */
const LEFT_OUT =
  /^(build|miniprogram_npm|node_modules|dist)(\/|$)|^(README\.md|package\.json|project\.config\.json|sitemap\.json)$/;

const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    );

const write = (path, content) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
};

const { files: published, miniprogram, name } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const copyBuiltFolder = (project) => {
  const target = join(project, 'miniprogram_npm', name);
  rmSync(target, { recursive: true, force: true });
  cpSync(join(ROOT, miniprogram), target, { recursive: true });
};

/** Puts the built package where the host's users have it. */
const installs = {
  // What 工具 → 构建 npm does: it copies the folder that `miniprogram` names.
  // https://developers.weixin.qq.com/miniprogram/dev/devtools/npm.html
  wechat: copyBuiltFolder,
  // What npm install leaves. Alipay bundles from node_modules itself.
  // github.com/AlipayDocs/open-docs: mini/ide/小程序开发者工具/功能面板/NPM 包管理.md
  alipay(dist) {
    // What exists only in the packed file, such as a folder per import, no tool of Alipay's looks for.
    for (const path of ['package.json', ...published]) {
      if (!existsSync(join(ROOT, path))) continue;
      cpSync(join(ROOT, path), join(dist, 'node_modules', name, path), { recursive: true });
    }
  },
  // What 工具 → 构建 npm (or `tma build-npm` of tt-ide-cli) does, as on WeChat; that one adds source maps.
  // https://developer.open-douyin.com/docs/resource/zh-cn/mini-app/develop/framework/npm
  douyin: copyBuiltFolder,
};

/**
 * @param {'alipay' | 'douyin'} host
 * @param {string} [dist] the folder of the project; what is there goes
 */
export const buildHost = (host, dist = join(ROOT, 'examples', words[host].folder, 'dist')) => {
  const { folder, extensions, template, json } = words[host];
  const own = join(ROOT, 'examples', folder);
  rmSync(dist, { recursive: true, force: true });

  for (const path of filesOf(SHOP)) {
    if (LEFT_OUT.test(path)) continue;
    const extension = extname(path);
    const target = join(dist, path.slice(0, -extension.length) + (extensions[extension] ?? extension));
    if (extension === '.wxml') write(target, template(readFileSync(join(SHOP, path), 'utf8')));
    else if (extension === '.json') {
      write(target, `${JSON.stringify(json(JSON.parse(readFileSync(join(SHOP, path), 'utf8'))), null, 2)}\n`);
    } else write(target, readFileSync(join(SHOP, path)));
  }
  for (const path of filesOf(own)) {
    if (!/^(dist|node_modules)\/|^README\.md$/.test(path)) write(join(dist, path), readFileSync(join(own, path)));
  }
  installs[host](dist);
};

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (!existsSync(join(ROOT, miniprogram))) {
    console.error(`${miniprogram}/ is missing. Build the package first: npm run build`);
    process.exit(1);
  }
  installs.wechat(SHOP);
  buildHost('alipay');
  buildHost('douyin');
}
