// What "构建 npm" (Tools > Build npm) of WeChat DevTools does for this package: it copies the folder that the
// `miniprogram` field of package.json names, file by file.
// https://developers.weixin.qq.com/miniprogram/dev/devtools/npm.html
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
const { miniprogram, name } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const from = new URL(`${miniprogram}/`, root);
if (!existsSync(from)) {
  console.error(`${miniprogram}/ is missing. Build the package first: npm run build`);
  process.exit(1);
}
const to = new URL(`miniprogram_npm/${name}/`, import.meta.url);
rmSync(to, { recursive: true, force: true });
cpSync(from, to, { recursive: true });
