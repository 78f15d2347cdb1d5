import { buildSync } from 'esbuild';

let text: string | undefined;

/** The whole library as one CommonJS module, built as an app's tools would: what runs in a host is what ships. */
export const bundle = (): string => {
  text = text || build();
  return text;
};

const build = (): string => {
  const files = [
    'src/index',
    'src/plugins/appLifecycle',
    'src/plugins/pageView',
    'src/plugins/pageLeave',
    'src/plugins/tap',
    'src/plugins/share',
    'src/plugins/launchSource',
    'adapters/wechat',
    'adapters/alipay',
    'adapters/douyin',
  ];
  const { outputFiles } = buildSync({
    stdin: { contents: files.map((file) => `export * from './${file}';`).join('\n'), resolveDir: '.', loader: 'ts' },
    bundle: true,
    format: 'cjs',
    target: 'es2017',
    write: false,
  });
  return outputFiles[0]?.text || '';
};
