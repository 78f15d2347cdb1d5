// Makes `miniprogram_dist/` and the files per host from the ES modules in `dist/`: CommonJS, minified, private property
// names shortened. Native tools copy the folder as it is and leave nothing out, so here the file is the unit: what only
// one import path needs is in its file, and what several need is in few shared ones.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';
import { minify } from 'terser';
import { entries } from '../entries.mjs';
import { planFiles } from './plan.mjs';
import { findPrivateNames } from './privateNames.mjs';
import { shorten } from './shortNames.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const LICENCE = `/*! minitrail ${version} | MIT */`;

/** Gives each file its own copy of the modules that are copied: of a module of constants it keeps those that it uses. */
const copies = (plan) => ({
  name: 'copies',
  async resolveId(source, importer, options) {
    const [origin, owner] = (importer || '').split('?for=');
    const resolved = importer && (await this.resolve(source, origin, { ...options, skipSelf: true }));
    if (!resolved || resolved.external || !plan.isCopied(resolved.id)) return resolved || null;
    return { ...resolved, id: `${resolved.id}?for=${plan.homeOf(resolved.id, owner || plan.ownerOf(origin))}` };
  },
  load: (id) => (id.includes('?for=') ? readFileSync(id.slice(0, id.indexOf('?')), 'utf8') : null),
});

const onwarn = (warning) => {
  if (warning.code !== 'EMPTY_BUNDLE') throw new Error(warning.message);
};
const bundle = async (input, plugins, output) => {
  const built = await rollup({ input, external: ['fflate'], plugins, onwarn });
  const result = await built.generate({
    format: 'cjs',
    exports: 'named',
    generatedCode: { constBindings: true, objectShorthand: true },
    minifyInternalExports: true,
    sourcemap: true,
    ...output,
  });
  await built.close();
  return result.output.filter(({ type }) => type === 'chunk');
};

// The tracker names a plugin that was not called by the name of its function.
const pluginNames = Object.keys(entries)
  .filter((name) => name.startsWith('plugins/'))
  .map((name) => name.slice('plugins/'.length));

const minifyChunk = async ({ fileName, code, map }, names, preamble) => {
  const props = Object.fromEntries(Object.entries(names).map(([name, short]) => [`$${name}`, short]));
  const { code: minified, map: sourceMap } = await minify(
    { [fileName]: code },
    {
      ecma: 2017,
      toplevel: true,
      keep_fnames: new RegExp(`^(?:${pluginNames.join('|')})$`),
      compress: {
        passes: 4,
        unsafe_methods: true,
        keep_fargs: false,
        pure_getters: true,
        booleans_as_integers: false,
      },
      mangle: { properties: { builtins: true, regex: new RegExp(`^(?:${Object.keys(names).join('|')})$`), cache: { props } } },
      format: { preamble, comments: false },
      sourceMap: { content: map.toString(), filename: fileName, url: `${fileName.split('/').pop()}.map` },
    },
  );
  return { code: `${minified}\n`, sourceMap };
};

const write = (path, { code, sourceMap }) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code);
  writeFileSync(`${path}.map`, sourceMap);
};

const input = Object.fromEntries(Object.keys(entries).map((name) => [name, join(dist, `${name}.mjs`)]));
const plan = await planFiles(input, dist);
const chunks = await bundle(input, [copies(plan)], {
  manualChunks(id) {
    const [, home] = id.split('?for=');
    return home ? (home.startsWith('shared/') ? home : undefined) : plan.fileOf(id);
  },
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
});
const names = shorten(findPrivateNames(Object.values(entries)), chunks.map(({ code }) => code).join('\n'));
for (const chunk of chunks) write(join(root, 'miniprogram_dist', chunk.fileName), await minifyChunk(chunk, names));
// The folder is all of the package that a mini-program gets.
copyFileSync(join(root, 'LICENSE'), join(root, 'miniprogram_dist/LICENSE'));

// For those who copy a file instead of installing a package: all that `autotrack` names, with the adapter and the table of
// scenes of one host.
for (const host of ['wechat', 'alipay', 'douyin']) {
  const file = `minitrail.${host}.min`;
  const parts = ['createTracker', 'plugins/autotrack', `adapters/${host}`, `scenes/${host}Groups`, 'debug'];
  const source = parts.map((part) => `export * from '${join(dist, part)}.mjs';`).join('\n');
  const virtual = {
    name: 'standalone',
    resolveId: (id) => (id === file ? id : null),
    load: (id) => (id === file ? source : null),
  };
  const [chunk] = await bundle({ [file]: file }, [virtual], { entryFileNames: '[name].js' });
  write(join(root, 'standalone', chunk.fileName), await minifyChunk(chunk, names, LICENCE));
}
