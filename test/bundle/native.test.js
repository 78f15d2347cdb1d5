import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entries } from '../../scripts/entries.mjs';
import { findPrivateNames } from '../../scripts/native/privateNames.mjs';
import { buildWhenStale, codeFiles, root } from './builtPackage.js';

beforeAll(buildWhenStale, 240_000);

/** Every name that the published types of a public path say, with those that they import. */
const publicNames = () => {
  const names = new Set();
  const seen = new Set();
  const read = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node) => {
      if (ts.isIdentifier(node)) names.add(node.text);
      const from = node.moduleSpecifier || (ts.isImportTypeNode(node) && node.argument.literal);
      if (from && from.text.startsWith('.')) read(join(dirname(file), `${from.text}.d.ts`));
      ts.forEachChild(node, visit);
    };
    visit(source);
  };
  for (const name of Object.keys(entries)) read(join(root, 'dist', `${name}.d.ts`));
  return names;
};

/** The names of properties in code. */
const propertiesOf = (code) => {
  const names = new Set();
  const visit = (node) => {
    if (ts.isPropertyAccessExpression(node) || ts.isObjectLiteralElement(node)) names.add(node.name && node.name.text);
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) names.add((node.propertyName || node.name).text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.js', code, ts.ScriptTarget.Latest, true));
  return names;
};

describe('the private names', () => {
  let names;
  beforeAll(() => {
    names = findPrivateNames(Object.values(entries));
  }, 120_000);

  it('are many, so that shortening them is worth it', () => {
    expect(names.length).toBeGreaterThan(20);
  });

  it('stand in no published type, not on the wire and not in the JSON Schema', () => {
    const known = publicNames();
    const schema = readFileSync('src/formats/json.schema.json', 'utf8');
    const wire = readFileSync('src/semantic.ts', 'utf8');
    expect(names.filter((name) => known.has(name))).toEqual([]);
    expect(names.filter((name) => schema.includes(`"${name}":`) || wire.includes(`'${name}'`))).toEqual([]);
  });

  it('are gone from what ships', () => {
    const left = codeFiles()
      .filter((file) => file.startsWith('miniprogram_dist/'))
      .flatMap((file) => {
        const used = propertiesOf(readFileSync(join(root, file), 'utf8'));
        return names.filter((name) => used.has(name)).map((name) => `${file} ${name}`);
      });
    expect(left).toEqual([]);
  });
});

describe('a name is private', () => {
  const dirs = [];
  afterAll(() => {
    for (const dir of dirs) rmSync(dir, { recursive: true });
  });
  const findIn = (files) => {
    const dir = mkdtempSync(join(tmpdir(), 'minitrail-names-'));
    dirs.push(dir);
    const all = {
      'tsconfig.json': JSON.stringify({
        compilerOptions: { strict: true, lib: ['ES2017'], module: 'ESNext', moduleResolution: 'Bundler', types: [] },
        include: ['src'],
      }),
      'src/index.ts': "import { use } from './inner'; export const run = (): void => use();",
      ...files,
    };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    return findPrivateNames(['src/index.ts'], `${dir}/`);
  };
  const inner = (body, more = '') => ({
    'src/inner.ts': `interface State { secret: number }\n${more}\nexport const use = (): void => {\n  const state: State = { secret: 1 };\n  ${body}\n};`,
  });

  it('when only our own code can see it', () => {
    expect(findIn(inner('state.secret++; const { secret } = state; void secret;'))).toEqual(['secret']);
  });

  it.each([
    ['it is serialised', 'JSON.stringify(state);', ''],
    ['what is serialised holds it', 'JSON.stringify({ a: [{ b: state }] });', ''],
    ['it is read from JSON', "const read = JSON.parse('{}') as State; void read;", ''],
    ['`any` has one of that name', 'const other: any = state; other.secret = 2;', ''],
    ['the host has one of that name', 'host.secret = 2; void state;', 'declare const host: { secret: number };'],
    ['it is a key in brackets', "void state['secret'];", ''],
    ['a key in brackets may be any of the type', 'const key = `secret` as keyof State; void state[key];', ''],
    ['`in` asks for it', "void ('secret' in state);", ''],
    ['an object without a type has one of that name', 'const free = { secret: 1 }; void free; void state;', ''],
    [
      'an inferred type may turn into JSON',
      'void state;',
      'type Row = { secret: number }; export const row: Row = { secret: 1 };',
    ],
  ])('but not when %s', (_, body, more) => {
    expect(findIn(inner(body, more))).toEqual([]);
  });

  it('but not when a public type reaches it, by however many steps', () => {
    const files = inner('state.secret++;');
    files['src/types.ts'] = 'export interface State { secret: number }';
    files['src/inner.ts'] = files['src/inner.ts'].replace(
      'interface State { secret: number }',
      "import type { State } from './types';",
    );
    files['src/index.ts'] +=
      "\nimport type { State } from './types'; export interface Options { readonly of?: (state: readonly State[]) => void }";
    expect(findIn(files)).toEqual([]);
  });

  it('but not when an export of a public path has the same name', () => {
    const files = inner('state.secret++;');
    files['src/index.ts'] = "import { use } from './inner'; export const secret = (): void => use();";
    expect(findIn(files)).toEqual([]);
  });

  it('but not when a folder that speaks to hosts declares it', () => {
    const files = inner('state.secret++;');
    files['src/plugins/tap.ts'] = 'export interface TapEvent { secret: number }';
    expect(findIn(files)).toEqual([]);
  });
});

// What one form stored, the other sends: the names in storage and on the wire are the same in both.
const APP = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
module.exports = (createTracker, wechat, name, file) => {
  const values = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const asked = [];
  Object.assign(globalThis, {
    wx: {
      request(options) { asked.push(options); setTimeout(() => options.success({ statusCode: name === 'last' ? 200 : 500, header: {}, data: '' }), 1); },
      getStorageInfoSync: () => ({ keys: Object.keys(values) }),
      getStorageSync: (key) => values[key] || '',
      setStorageSync(key, data) { values[key] = data; },
      getStorage({ key, success, fail }) { setTimeout(() => (key in values ? success({ data: values[key] }) : fail({})), 1); },
      setStorage({ key, data, success }) { values[key] = data; setTimeout(success, 1); },
      removeStorage({ key, success }) { delete values[key]; setTimeout(success, 1); },
      getLaunchOptionsSync: () => ({ path: 'a', scene: 1001 }),
    },
  });
  const tracker = createTracker({ adapter: wechat(), endpoint: 'https://collect.example.com/v1' });
  tracker.track(name, { n: 1 }, { durable: true });
  tracker.flush().then(() => {
    const stats = tracker.stats();
    tracker.destroy();
    setTimeout(() => {
      writeFileSync(file, JSON.stringify(values));
      const batches = asked.map(({ data }) => JSON.parse(data));
      console.log(JSON.stringify({ stats, batches }));
      process.exit();
    }, 50);
  });
};`;

describe('the minified form and the readable one', () => {
  const dir = mkdtempSync(join(tmpdir(), 'minitrail-forms-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const launch = (form, name) => {
    writeFileSync(join(dir, 'app.cjs'), APP);
    const file = join(dir, 'storage.json');
    const call = `run(createTracker, wechat, '${name}', ${JSON.stringify(file)});`;
    const from = (path) => JSON.stringify(join(root, path));
    const code =
      form === 'minified'
        ? `const run = require('./app.cjs'); const { createTracker } = require(${from('miniprogram_dist/createTracker.js')}); const { wechat } = require(${from('miniprogram_dist/adapters/wechat.js')}); ${call}`
        : `import run from './app.cjs'; import { createTracker } from ${from('dist/createTracker.mjs')}; import { wechat } from ${from('dist/adapters/wechat.mjs')}; ${call}`;
    const script = join(dir, form === 'minified' ? 'main.cjs' : 'main.mjs');
    writeFileSync(script, code);
    return JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }));
  };

  it.each([
    ['readable', 'minified'],
    ['minified', 'readable'],
  ])('what the %s one left behind, the %s one delivers', (first, second) => {
    rmSync(join(dir, 'storage.json'), { force: true });
    const { stats } = launch(first, 'first');
    expect(stats).toMatchObject({ acknowledged: 0, waiting: 1, dropped: {} });
    // A wait after the failure is stored, too; the clock of a new launch is past it.
    const values = JSON.parse(readFileSync(join(dir, 'storage.json'), 'utf8'));
    const later = Object.fromEntries(
      Object.entries(values).map(([key, text]) => [key, text.replace(/"until":\d+/g, '"until":1')]),
    );
    writeFileSync(join(dir, 'storage.json'), JSON.stringify(later));
    const { stats: after, batches } = launch(second, 'last');
    expect(after).toMatchObject({ recovered: 1, waiting: 0, dropped: {} });
    const names = batches.flatMap(({ batch }) => batch.map(({ name }) => name));
    expect([...new Set(names)]).toEqual(['first', 'last']);
    const ids = batches.flatMap(({ contexts }) => contexts.map(({ anonymous_id }) => anonymous_id));
    expect(new Set(ids).size).toBe(1);
  });
});

describe('the files of mini-programs', () => {
  const native = () => codeFiles().filter((file) => /^(miniprogram_dist|standalone)\//.test(file));

  it('have their source maps beside them, which name the source', () => {
    for (const file of native()) {
      const map = JSON.parse(readFileSync(join(root, `${file}.map`), 'utf8'));
      // These hold no code of their own.
      if (!/\/(commerce|index|formats\/json)\.js$/.test(file)) expect(map.mappings, file).toBeTruthy();
      expect(readFileSync(join(root, file), 'utf8')).toContain(`//# sourceMappingURL=${file.split('/').pop()}.map`);
    }
  });

  it('keep the licence', () => {
    expect(readFileSync('miniprogram_dist/LICENSE', 'utf8')).toBe(readFileSync('LICENSE', 'utf8'));
    for (const host of ['wechat', 'alipay', 'douyin'])
      expect(readFileSync(`standalone/minitrail.${host}.min.js`, 'utf8')).toMatch(/^\/\*! minitrail [\d.]+ \| MIT \*\//);
  });

  it.each(['wechat', 'alipay', 'douyin'])('has a plain file for %s with all that autotrack names', (host) => {
    const file = `standalone/minitrail.${host}.min.js`;
    expect(existsSync(join(root, file))).toBe(true);
    const all = createRequire(import.meta.url)(join(root, file));
    expect(Object.keys(all).sort()).toEqual(['autotrack', 'createTracker', 'debug', host, `${host}Groups`].sort());
    const preset = createRequire(import.meta.url)(join(root, 'miniprogram_dist/index.js'));
    const options = { launchSource: true, appLifecycle: true, pageView: true, tap: true, share: true };
    expect(all.autotrack(options).map(({ name }) => name)).toEqual(preset.autotrack(options).map(({ name }) => name));
  });
});
