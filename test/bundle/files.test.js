import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWhenStale, codeFiles, packageJson, plugins, read, root, subpaths, withImports } from './builtPackage.js';

beforeAll(buildWhenStale, 180_000);

/** A plugin that works by another one. */
const BUILT_ON = {
  'plugins/remoteRules': /\/plugins\/trigger\./,
  // Opens a second way of events, of the parts that every tracker has.
  'plugins/mirror': /\/(queue|transport)\//,
};

const targetsOf = (exported, name) =>
  Object.values(exported).flatMap((each) => (typeof each === 'string' ? [each.replace('*', name)] : targetsOf(each, name)));

describe('the built package: files', () => {
  it.each(subpaths.map((path) => [path || '.', path]))(
    '%s is a file for import and require, each with its types',
    (_, path) => {
      const [folder, name] = path.split('/');
      const exported = packageJson.exports[path ? (name ? `./${folder}/*` : `./${folder}`) : '.'];
      const targets = targetsOf(exported, name);
      expect(targets).toHaveLength(4);
      expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
    },
  );

  it('has main, module, types and the folder of mini-programs', () => {
    const { main, module, types, miniprogram } = packageJson;
    for (const file of [main, module, types, `${miniprogram}/index.js`]) expect(existsSync(join(root, file))).toBe(true);
  });

  it('has an index.js for main, which is the only one that build npm of Douyin leaves in place', () => {
    expect(packageJson.main).toBe('./index.js');
    expect(packageJson.files).toContain('index.js');
    expect(createRequire(import.meta.url)('../../index.js')).toHaveProperty('createTracker');
  });

  it('has types for tools that do not read exports', () => {
    for (const [pattern, [target]] of Object.entries(packageJson.typesVersions['*'])) {
      if (!pattern.endsWith('/*')) expect(existsSync(join(root, target))).toBe(true);
      const folder = pattern.slice(0, -2);
      for (const path of subpaths.filter((each) => each.startsWith(`${folder}/`)))
        expect(existsSync(join(root, target.replace('*', path.slice(folder.length + 1))))).toBe(true);
    }
  });

  it('is a file for each import path in the folder of mini-programs, and few that they share', () => {
    const names = codeFiles()
      .filter((file) => file.startsWith('miniprogram_dist/'))
      .map((file) => file.slice('miniprogram_dist/'.length, -'.js'.length));
    const own = subpaths.map((path) => path || 'index');
    expect(names.filter((name) => !name.startsWith('shared/')).sort()).toEqual(own.sort());
    expect(names.length - own.length).toBeLessThanOrEqual(8);
  });

  it.each(plugins)('%s brings no other plugin and no adapter along, file by file', (path) => {
    for (const file of [`dist/${path}.mjs`, `miniprogram_dist/${path}.js`]) {
      const others = [...withImports(file)].filter(
        (each) => each !== file && !BUILT_ON[path]?.test(each) && /\/(plugins|adapters|queue|transport)\//.test(each),
      );
      expect(others).toEqual([]);
    }
  });

  it('createTracker brings no plugin, no adapter and no instrumentation of pages along', () => {
    for (const file of ['dist/createTracker.mjs', 'miniprogram_dist/createTracker.js']) {
      const others = [...withImports(file)].filter((each) =>
        /\/(plugins|adapters|instrument\/instrument|scenes|compress)\b/.test(each),
      );
      expect(others).toEqual([]);
    }
  });

  it.each(subpaths.filter((path) => path.startsWith('adapters/')))('%s brings nothing but its own along', (path) => {
    for (const file of [`dist/${path}.mjs`, `miniprogram_dist/${path}.js`])
      expect(
        [...withImports(file)].filter((each) => each !== file && !/\/(adapters\/shared\/|shared\/adapters\.)/.test(each)),
      ).toEqual([]);
  });
});

/** What is newer than ES2017, or forbidden in a mini-program, as `line: what`. */
const faultsOf = (file, code = read(file)) => {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const faults = [];
  const fault = (node, what) =>
    faults.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`);
  const { SyntaxKind } = ts;
  const newer = {
    [SyntaxKind.QuestionDotToken]: '?.',
    [SyntaxKind.QuestionQuestionToken]: '??',
    [SyntaxKind.QuestionQuestionEqualsToken]: '??=',
    [SyntaxKind.BarBarEqualsToken]: '||=',
    [SyntaxKind.AmpersandAmpersandEqualsToken]: '&&=',
    [SyntaxKind.SpreadAssignment]: 'object spread',
    [SyntaxKind.BigIntLiteral]: 'BigInt',
    [SyntaxKind.PrivateIdentifier]: '#private',
    [SyntaxKind.PropertyDeclaration]: 'class field',
    [SyntaxKind.ClassStaticBlockDeclaration]: 'static block',
    [SyntaxKind.ImportKeyword]: 'import()',
    [SyntaxKind.AsyncKeyword]: 'async',
    [SyntaxKind.AwaitExpression]: 'await',
    [SyntaxKind.MetaProperty]: 'import.meta',
  };
  const forbidden =
    /^(window|document|globalThis|global|Proxy|eval|Function|Reflect|fetch|URL|XMLHttpRequest|TextEncoder|BigInt|process|Buffer)$/;
  const added = /^(fromEntries|flat|flatMap|trimStart|trimEnd|matchAll|replaceAll|allSettled|finally|at)$/;
  const visit = (node) => {
    const { kind, parent } = node;
    if (newer[kind] && !(kind === SyntaxKind.ImportKeyword && !ts.isCallExpression(parent))) fault(node, newer[kind]);
    if (ts.isCatchClause(node) && !node.variableDeclaration) fault(node, 'optional catch');
    if (ts.isObjectBindingPattern(node) && node.elements.some(({ dotDotDotToken }) => dotDotDotToken))
      fault(node, 'object rest');
    if (ts.isNumericLiteral(node) && node.getText().includes('_')) fault(node, 'numeric separator');
    if (ts.isRegularExpressionLiteral(node) && /\(\?<|\\p\{|\/[a-z]*[sdv][a-z]*$/.test(node.getText()))
      fault(node, 'regular expression');
    if (ts.isIdentifier(node)) {
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
      const isKey = ts.isPropertyAssignment(parent) && parent.name === node;
      if (!isMember && !isKey && forbidden.test(node.text)) fault(node, node.text);
      if (isMember && ts.isCallExpression(parent.parent) && parent.parent.expression === parent && added.test(node.text))
        fault(node, `${node.text}()`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const { messageText } of source.parseDiagnostics || []) faults.push(`${file}: ${messageText}`);
  return faults;
};

describe('the built package: code', () => {
  it('is ES2017 by syntax and library, and names nothing that a host forbids or lacks', () => {
    expect(codeFiles().length).toBeGreaterThan(20);
    expect(codeFiles().flatMap((file) => faultsOf(file))).toEqual([]);
  });

  it.each([
    'a?.b',
    'a ?? b',
    'a ||= b',
    'x = { ...a }',
    'const { a, ...b } = c',
    'try {} catch {}',
    'class A { b = 1 }',
    'class A { #b }',
    'async () => {}',
    'for (const a of b) await a',
    'import("a")',
    '1_000',
    '9n',
    '/(?<year>a)/',
    '/(?<=a)b/',
    'window.a',
    'new Proxy(a, b)',
    'new Function("a")',
    'globalThis.App = a',
    'eval("a")',
    'Object.fromEntries(a)',
    '[].flat()',
    'promise.finally(a)',
  ])('would be told of %s', (code) => {
    expect(faultsOf('x.js', code)).not.toEqual([]);
  });

  it('needs no tslib and no helper package', () => {
    // WeChat leaves folders named node_modules out of the upload.
    for (const file of codeFiles()) {
      expect(file).not.toMatch(/node_modules|_virtual/);
      expect(read(file)).not.toMatch(/tslib|__rest|__awaiter|__spread/);
    }
  });

  it('depends on no package but those that are named as peers', () => {
    expect(packageJson.dependencies || {}).toEqual({});
    const peers = Object.keys(packageJson.peerDependencies || {});
    const bare = codeFiles().flatMap((file) =>
      [...read(file).matchAll(/(?:^(?:import|export) [^;]*?from |^import |require\()['"]([^.'"][^'"]*)['"]/gm)].map(
        ([, name]) => name,
      ),
    );
    expect(bare.filter((name) => !peers.includes(name))).toEqual([]);
  });

  it('is strict, so that a constructor that cannot be replaced throws and is noticed', () => {
    for (const file of codeFiles().filter((each) => each.endsWith('.js')))
      expect(read(file)).toMatch(/^(\/\*![^\n]*\*\/\n)?["']use strict["'];/);
  });
});
