import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addedBy, coreSize, everydaySize, readSizes, SIZED, sharedSize } from '../../scripts/docs/sizes.mjs';
import { entries } from '../../scripts/entries.mjs';
import * as codes from '../../src/codes';
import * as semantic from '../../src/semantic';
import { pages as all } from './readBlocks';

const inDocs = readdirSync('docs', { recursive: true })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file));
/** Made of the texts that an editor shows, which are in English only. */
const reference = inDocs.filter((file) => file.startsWith(join('docs', 'api')));
const pages = ['README.md', 'README.zh-CN.md', ...inDocs.filter((file) => !reference.includes(file))];
const isChinese = (file) => file.endsWith('.zh-CN.md');
const twinOf = (file) => (isChinese(file) ? file.replace('.zh-CN.md', '.md') : file.replace('.md', '.zh-CN.md'));
/** Without its code, in which brackets are no links. */
const proseOf = (file) => readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
/** The headings as GitHub makes anchors of them, and those that a page names itself. */
const anchorsOf = (file) => [
  ...[...proseOf(file).matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id),
  ...[...proseOf(file).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replace(/ /g, '-'),
  ),
];

const linksOf = (file) =>
  [
    ...proseOf(file)
      .replace(/`[^`]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, link]) => link)
    .filter((link) => !/^\w+:/.test(link));

const brokenIn = (file) =>
  linksOf(file).filter((link) => {
    const [path, anchor] = link.split('#');
    const target = path ? normalize(join(dirname(file), path)) : file;
    return !existsSync(target) || (anchor && !anchorsOf(target).includes(decodeURIComponent(anchor)));
  });

describe.each(pages)('%s', (file) => {
  it('is there in English and in Chinese, each with a link to the other', () => {
    const twin = twinOf(file);
    expect(existsSync(twin) && twin).toBe(twin);
    expect(linksOf(file).map((link) => normalize(join(dirname(file), link)))).toContain(twin);
  });

  it('links to what is there', () => {
    expect(brokenIn(file)).toEqual([]);
  });

  it('links to pages of its own language', () => {
    const foreign = linksOf(file).filter((link) => {
      const target = normalize(join(dirname(file), link.split('#')[0] || '.'));
      return pages.includes(target) && isChinese(target) !== isChinese(file) && target !== twinOf(file);
    });
    // The text to paste into a declaration is in Chinese only.
    expect(foreign.filter((link) => !/用于隐私声明的文本/.test(decodeURIComponent(link)))).toEqual([]);
  });
});

describe('the pages beside docs/', () => {
  const others = all.filter((file) => !pages.includes(file) && !reference.includes(file));

  it.each(others)('%s links to what is there', (file) => {
    expect(brokenIn(file)).toEqual([]);
  });
});

describe('the API reference', () => {
  const index = 'docs/api/README.md';

  it('has a page for each import, and the index links to it', () => {
    const names = Object.keys(entries).filter((name) => name !== 'createTracker');
    const files = names.map((name) => `${name === 'index' ? 'minitrail' : name}.md`).sort();
    expect(
      linksOf(index)
        .filter((link) => !link.startsWith('..'))
        .sort(),
    ).toEqual(files);
    expect(reference.filter((file) => file !== index).sort()).toEqual(files.map((file) => `docs/api/${file}`).sort());
  });

  it('links to what is there', () => {
    expect(reference.flatMap((file) => brokenIn(file).map((link) => `${file}: ${link}`))).toEqual([]);
  });

  it.each(['README', 'docs/options'])('is found from %s in both languages', (page) => {
    for (const file of [`${page}.md`, `${page}.zh-CN.md`])
      expect(linksOf(file).map((link) => normalize(join(dirname(file), link)))).toContain(index);
  });
});

describe('the READMEs', () => {
  const files = ['README.md', 'README.zh-CN.md'];
  const texts = files.map((file) => readFileSync(file, 'utf8'));

  it('are short, and have the two commands', () => {
    for (const text of texts) {
      expect(text.split('\n').length).toBeLessThanOrEqual(150);
      expect(text).toMatch(/^npm ci && npm start$/m);
      expect(text).toMatch(/^npm cit$/m);
    }
  });

  it('have the same parts, tables and links in both languages', () => {
    const [english, chinese] = files.map((file) => ({
      headings: anchorsOf(file).length,
      rows: proseOf(file).match(/^\|/gm).length,
      links: linksOf(file)
        .map((link) => link.replace('.zh-CN.md', '.md').replace(/#.*|(?:shop|insight)-(?:en|zh)/, ''))
        .sort(),
    }));
    expect(chinese).toEqual(english);
  });
});

describe('the pages of plugins', () => {
  const plugins = readdirSync('src/plugins')
    .map((file) => file.replace('.ts', ''))
    .filter((name) => name !== 'autotrack');

  it.each(plugins)('have one for %s, in the index as well', (name) => {
    for (const end of ['.md', '.zh-CN.md']) {
      expect(pages).toContain(`docs/plugins/${name}${end}`);
      expect(linksOf(`docs/plugins/README${end}`)).toContain(`${name}${end}`);
    }
  });

  const operations = ['set', 'set_once', 'increment', 'append', 'unset', 'delete'];
  const events = Object.entries(semantic)
    .filter(([constant]) => constant.startsWith('EVENT_'))
    .flatMap(([, name]) => (name.endsWith('_') ? operations.map((operation) => name + operation) : name));
  /** An event is told where its properties are: in a table, or as the page's one event. */
  const tellers = [...plugins.map((name) => `docs/plugins/${name}`), 'docs/identity'];

  it.each(events)('tell of %s on exactly one, and the index names it', (event) => {
    for (const end of ['.md', '.zh-CN.md']) {
      const telling = tellers.filter((page) =>
        new RegExp(`^\\|[^\\n]*\`${event}\` +\\||^(An? )?\`${event}\`|"name": "${event}"`, 'm').test(
          readFileSync(page + end, 'utf8'),
        ),
      );
      expect(telling, event).toHaveLength(1);
      expect(proseOf(`docs/plugins/README${end}`)).toContain(`\`${event}\``);
    }
  });
});

describe.each(SIZED)('the sizes in %s', (file) => {
  const { plugins, shared, core, everyday } = readSizes(readFileSync(file, 'utf8'));

  it('are true to 0.1 kB', () => {
    expect(Math.abs(shared * 1000 - sharedSize())).toBeLessThanOrEqual(100);
    for (const { name, size, seesPages } of plugins) {
      const added = addedBy(name, seesPages);
      expect(Math.abs(size * 1000 - added), `${name} adds ${added} bytes`).toBeLessThanOrEqual(100);
    }
    if (core) expect(Math.abs(core * 1000 - coreSize())).toBeLessThanOrEqual(100);
    if (everyday) expect(Math.abs(everyday * 1000 - everydaySize())).toBeLessThanOrEqual(100);
  }, 60_000);

  it('are those of every plugin, or in the README of most and of the sets', () => {
    const all = readdirSync('src/plugins').length - 1;
    if (file.startsWith('docs')) expect(plugins).toHaveLength(all);
    else expect([plugins.length > 14, !!core, !!everyday]).toEqual([true, true, true]);
  });
});

describe('the console pages', () => {
  it.each(['docs/console.md', 'docs/console.zh-CN.md'])('%s lists every code', (file) => {
    const listed = [...readFileSync(file, 'utf8').matchAll(/^\| E(\d+) /gm)].map(([, code]) => Number(code));
    expect(listed.sort((a, b) => a - b)).toEqual(Object.values(codes).sort((a, b) => a - b));
  });
});
