// miniprogram-ci (https://www.npmjs.com/package/miniprogram-ci) is WeChat DevTools' own "build npm" and compiler.
// Called as: wechatTool.cjs <project> <roots as JSON> [<zip> <setting as JSON>]; builds npm in each root of a package of the
// mini-program, then compiles into the zip. Prints JSON.
const { generateKeyPairSync } = require('node:crypto');
const { join } = require('node:path');
const { writeFileSync } = require('node:fs');
const ci = require('miniprogram-ci');

const [, , dir, roots, zip, setting] = process.argv;

// What WeChat's server says of an app: limits in MB and the like. It is asked for by the tool even where nothing is sent.
const ATTRIBUTES = {
  platform: true,
  appType: 0,
  isSandbox: true,
  released: false,
  gameApp: false,
  setting: {
    MaxCodeSize: 2,
    MaxSubpackageSubCodeSize: 2,
    MaxSubpackageFullCodeSize: 20,
    NavigateMiniprogramLimit: 10,
    MaxSubPackageLimit: 100,
    MinTabbarCount: 2,
    MaxTabbarCount: 5,
    MaxTabbarIconSize: 40,
  },
};

const main = async () => {
  const packed = [];
  for (const root of JSON.parse(roots)) {
    const packageJsonPath = join(dir, root, 'package.json');
    packed.push(await ci.packNpmManually({ packageJsonPath, miniprogramNpmDistDir: join(dir, root) }));
  }
  if (zip) {
    const privateKeyPath = `${zip}.key`; // signs uploads, of which there are none
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(privateKeyPath, privateKey.export({ type: 'pkcs1', format: 'pem' }));
    const ignores = ['**/node_modules/**/*'];
    const project = new ci.Project({
      appid: 'wx0000000000000000',
      type: 'miniProgram',
      projectPath: dir,
      privateKeyPath,
      ignores,
    });
    project.attr = async () => ATTRIBUTES;
    const options = { project, version: '1.0.0', desc: '', setting: JSON.parse(setting), onProgressUpdate() {} };
    await ci.getCompiledResult(options, zip);
  }
  return packed;
};

main().then(
  // The tool's workers would keep the process.
  (packed) => process.stdout.write(`\n${JSON.stringify(packed)}\n`, () => process.exit(0)),
  (error) => process.stdout.write(`\n${error.stack || error}\n`, () => process.exit(1)),
);
