import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { entries } from '../../scripts/entries.mjs';
import { blocks as all } from './readBlocks';

/** What the text around a block says is there: names of the host, of the page's own code, and the tracker of another block. */
const ASSUMED = `
import type { Endpoint, PluginList, Profile, Tracker } from 'minitrail';
type Methods = {
  profile: Profile;
  startTimer(name: string): void;
  dropTimer(name: string): void;
  anonymousId(): string | undefined;
  pageView(path: string, query?: Readonly<Record<string, string>>): void;
  pageLeave(): void;
  registerPersistent(properties: object): void;
  unregisterPersistent(key: string): void;
  decorateUrl(url: string): string;
  shareToken(options?: { channel?: string }): string;
  variant(name: string): string | undefined;
};
declare global {
  const tracker: Tracker & Methods;
  const endpoint: string | Endpoint;
  const plugins: PluginList;
  const wx: any, my: any, tt: any, uni: any, console: any, process: any;
  const App: (options: any) => void, Page: (options: any) => void, Component: (options: any) => void;
  const getApp: () => any, require: (path: string) => any, module: any, exports: any;
  const fetch: any, URL: any, URLSearchParams: any, Buffer: any, setTimeout: any, clearTimeout: any;
  const token: any, order: any;
  const APP_ID: any, APP_SECRET: any, insertOnce: any, __mpx_mode__: any, shares: any;
  const posthog: any, analytics: any, sensors: any, cart: any, app: any, visitor: any, events: any, shareOf: any, send: any;
}
`;
const ASSUMED_FILE = resolve('docs-assumed.ts');
const TRACKER_FILE = resolve('docs-tracker.ts');
const TRACKER =
  'const own = tracker; export const uniAppTaps: any = 0, mpxTaps: any = 0; export { own as tracker, own as default };';

/** Without a type, an endpoint may have any field. */
const typed = (code) => code.replace(/^(const (?:endpoint|to[A-Z]\w+)) = \{/gm, "$1: import('minitrail').Endpoint = {");

/** The code within a file of mpx. */
const scriptIn = (html) => /^<script>\n([\s\S]*)^<\/script>/m.exec(html)?.[1];

/** Where the names that examples of docstrings call come from; there the import is the page that they stand on. */
const HOMES = {
  withHeaders: 'headers',
  readVisitor: 'webview',
  ...Object.fromEntries(
    Object.keys(entries)
      // These hold no value of their own name.
      .filter((name) => !/^(index|commerce|headers|webview|scenes\/[a-z]+)$/.test(name))
      .map((name) => [name.replace(/.*\//, ''), name]),
  ),
};
const asExample = (code) => {
  const imports = Object.entries(HOMES).filter(([name]) => new RegExp(`(?<!\\.)\\b${name}\\b(?![:.])`).test(code));
  const whole = /^endpoint:/.test(code) ? `({ ${code} });` : code;
  return `${imports.map(([name, home]) => `import { ${name} } from 'minitrail/${home}';\n`).join('')}${whole}`;
};

const blocks = all
  .map(({ name, page, language, code }) => ({
    name,
    code: language === 'html' ? scriptIn(code) : /^[jt]s$/.test(language) && (/^docs.api/.test(page) ? asExample(code) : code),
  }))
  .filter(({ code }) => code)
  .map(({ name, code }) => ({ name, code: `${typed(code)}\nexport {};\n` }));
const fileOf = (name) => resolve(`docs-block-${name.replace(/\W/g, '-')}.ts`);
const virtual = new Map([
  [ASSUMED_FILE, ASSUMED],
  [TRACKER_FILE, TRACKER],
  ...blocks.map(({ name, code }) => [fileOf(name), code]),
]);

const sourceOf = (path) => {
  if (path === 'minitrail') return resolve('src/index.ts');
  const [, own] = /^minitrail\/([\w/]+)$/.exec(path) || [];
  return [`src/${own}.ts`, `${own}.ts`].map((file) => resolve(file)).find((file) => own && existsSync(file));
};
/** What an import leads to; src has a file of that name as well. */
const targetOf = (path, from) => (virtual.has(from) && /^\.[./\w]*\/tracker$/.test(path) ? TRACKER_FILE : sourceOf(path));

const check = () => {
  const options = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts'],
    types: [],
    strict: true,
    // Most blocks are JavaScript.
    noImplicitAny: false,
    noImplicitThis: false,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  Object.assign(host, {
    fileExists: (file) => virtual.has(file) || fileExists.call(host, file),
    readFile: (file) => virtual.get(file) ?? readFile.call(host, file),
    getSourceFile: (file, language, ...rest) =>
      virtual.has(file)
        ? ts.createSourceFile(file, virtual.get(file), language, true)
        : getSourceFile.call(host, file, language, ...rest),
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const resolvedFileName = targetOf(text, from);
        return resolvedFileName
          ? { resolvedModule: { resolvedFileName, extension: '.ts' } }
          : ts.resolveModuleName(text, from, options, host);
      }),
  });
  return ts.createProgram([...virtual.keys()], options, host);
};

/** A package of somebody else's, or a file of the reader's project. */
const isForeign = ({ code, messageText }) =>
  [2307, 7016, 2792].includes(code) && !/'minitrail/.test(ts.flattenDiagnosticMessageText(messageText, '\n'));

describe('the code blocks of the pages', () => {
  const program = check();

  it('are found, most of them complete', () => {
    expect(blocks.length).toBeGreaterThan(100);
    expect(blocks.filter(({ code }) => /from 'minitrail/.test(code)).length).toBeGreaterThan(80);
  });

  it.each(blocks.map(({ name }) => name))('%s compiles against the package', (name) => {
    const file = program.getSourceFile(fileOf(name));
    const faults = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
      .filter((fault) => !isForeign(fault))
      .map(({ messageText, start }) => {
        const { line } = file.getLineAndCharacterOfPosition(start);
        return `line ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      });
    expect(faults).toEqual([]);
  });
});
