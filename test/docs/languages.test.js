import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileTemplates } from '../../examples/simulator/compile/compileTemplates.mjs';
import { dialects } from '../../examples/simulator/compile/dialects.mjs';
import { eventRows } from '../../scripts/docs/eventPages.mjs';
import { blocks } from './readBlocks';

const of = (language) => blocks.filter((block) => block.language === language);
const table = (language) => of(language).map(({ name, ...block }) => [name, block]);

describe('the blocks of the pages', () => {
  it('say their language, which is one that a test takes or that nothing here can run', () => {
    const taken = ['js', 'ts', 'html', 'json', 'sh', 'sql', 'http'];
    const notRun = ['nginx', 'toml', 'text'];
    const others = blocks.filter(({ language }) => ![...taken, ...notRun].includes(language));
    expect(others.map(({ name, language }) => `${name} ${language}`)).toEqual([]);
  });

  it('have SQL and calls only where the tests of examples/insight find and run them', () => {
    const pages = [...of('sql'), ...of('http')].map(({ page }) => page);
    expect(pages.filter((page) => !/^(docs\/.*|README(\.zh-CN)?)\.md$/.test(page))).toEqual([]);
  });
});

describe('templates', () => {
  const isFile = (code) => /^<script>/m.test(code);

  it.each(table('html').filter(([, { code }]) => !isFile(code)))('%s compiles', (_, { code }) => {
    expect(() =>
      compileTemplates({ templates: { page: code }, scripts: {}, dialect: dialects.wechat, customTags: new Set() }),
    ).not.toThrow();
  });
});

describe('JSON', () => {
  const rows = eventRows();
  const propertiesOf = (event) => rows.filter((row) => row.event === event).map(({ property }) => property.split('.')[0]);

  it.each(table('json'))('%s can be read, and its event has no other properties than the dictionary', (_, { code }) => {
    const { type, name, properties = {} } = JSON.parse(code);
    if (type === 'auto') expect(propertiesOf(name)).toEqual(expect.arrayContaining(Object.keys(properties)));
  });
});

describe('commands', () => {
  const scriptsOf = (folder) => {
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return Object.keys(scripts);
  };
  /** Where the commands of a page are meant: the next package above it, but for the benchmark, which the root starts. */
  const homeOf = (page) => {
    if (page.startsWith('bench/')) return '.';
    for (let folder = dirname(page); folder !== '.'; folder = dirname(folder))
      if (existsSync(join(folder, 'package.json'))) return folder;
    return /insight/.test(page) ? 'examples/insight' : '.';
  };

  it.each(table('sh'))('%s names scripts and files that are there', (_, { page, code }) => {
    const [, entered] = /^cd ([\w./-]+)/.exec(code) ?? [];
    const folder = entered && existsSync(join(entered, 'package.json')) ? entered : homeOf(page);
    const names = [...code.matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)].map(([, run, short]) => run ?? short);
    const files = [...code.matchAll(/\bnode ([\w./-]+\.m?js)/g)].map(([, file]) => file);
    const folders = [...code.matchAll(/\bcd ([\w./-]+)/g)].map(([, path]) => path);
    expect(scriptsOf(folder)).toEqual(expect.arrayContaining(names));
    expect([...files, ...folders].filter((file) => !existsSync(file))).toEqual([]);
  });
});
