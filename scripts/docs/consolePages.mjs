// docs/console.md and docs/console.zh-CN.md, from the texts that `debug()` shows.
import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

const load = async (file) => {
  const { code } = transformSync(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'), { loader: 'ts' });
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
};

const GROUPS = [
  [1, 19, 'Options and calls', '选项与调用'],
  [20, 39, 'Delivery', '上报'],
  [40, 59, 'The host and its pages', '平台与页面'],
  [60, 99, 'Plugins, formats, frameworks', '插件、格式、框架'],
];

const page = (texts, language) => {
  const isChinese = language === 'zh';
  const lines = isChinese
    ? [
        '# 控制台提示',
        '',
        'SDK 在控制台只输出编号，例如 `[minitrail] E23 403`：编号后面是它所指的对象。开发时加上 `debug: debug()`（来自 `minitrail/debug`），控制台会直接显示下面的文字。同一条提示每次启动只出现一次。',
        '',
        '[English](console.md)',
      ]
    : [
        '# Console codes',
        '',
        'The SDK writes numbers to the console, such as `[minitrail] E23 403`. After the number comes what it is about. During development add `debug: debug()` of `minitrail/debug`, and the console shows the texts below. Each one comes once per launch.',
        '',
        '[简体中文](console.zh-CN.md)',
      ];
  for (const [from, to, english, chinese] of GROUPS) {
    lines.push(
      '',
      `## ${isChinese ? chinese : english}`,
      '',
      isChinese ? '| 编号 | 含义 |' : '| code | meaning |',
      '| --- | --- |',
    );
    for (const [code, [en, zh]] of Object.entries(texts))
      if (code >= from && code <= to) lines.push(`| E${code} | ${isChinese ? zh : en} |`);
  }
  return `${lines.join('\n')}\n`;
};

export const consolePages = async () => {
  const { TEXTS } = await load('src/debug/texts.ts');
  return { 'docs/console.md': page(TEXTS, 'en'), 'docs/console.zh-CN.md': page(TEXTS, 'zh') };
};
