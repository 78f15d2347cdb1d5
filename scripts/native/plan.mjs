// Which file of `miniprogram_dist/` each module goes to. A module that one import path needs goes into the file of that
// path. Of those that several need, the small ones without a state are copied into each (a file of its own costs more),
// the others stand in one file for each folder, or, where the tracker needs them too, in one that every app has.
import { join, relative } from 'node:path';
import { transformSync } from 'esbuild';
import { rollup } from 'rollup';
import { parseAst } from 'rollup/parseAst';

/** Of these each file keeps what it uses. */
const CONSTANTS = /\/(semantic|codes)\.mjs$/;
const COPY_BYTES = 600;
/** Of what every app carries with the tracker. */
const CORE_COPY_BYTES = 120;

/** No two copies could disagree: at the top stand functions and plain values only. */
const isStateless = (code) =>
  parseAst(code).body.every(({ type, declaration, declarations = declaration?.declarations }) =>
    declarations
      ? declarations.every(({ init }) =>
          /^(ArrowFunctionExpression|FunctionExpression|Literal|TemplateLiteral|BinaryExpression)$/.test(init.type),
        )
      : type !== 'ExpressionStatement',
  );

/** `{ isCopied(id), fileOf(id), ownerOf(id), homeOf(id, owner) }`; a file is undefined for what rollup places by itself. */
export const planFiles = async (input, dist) => {
  const modules = new Map();
  const collect = {
    name: 'collect',
    moduleParsed: ({ id, code, importedIds }) => {
      modules.set(id, { code, importedIds });
    },
  };
  await (await rollup({ input, external: ['fflate'], plugins: [collect], onwarn() {} })).close();

  const entryIds = new Set(Object.values(input));
  const readers = new Map();
  for (const entry of entryIds) {
    const visit = (id) => {
      if ((id !== entry && entryIds.has(id)) || !modules.has(id)) return;
      const known = readers.get(id) || readers.set(id, new Set()).get(id);
      if (known.has(entry)) return;
      known.add(entry);
      modules.get(id).importedIds.forEach(visit);
    };
    visit(entry);
  }
  const isShared = (id) => readers.get(id)?.size > 1 && !entryIds.has(id);
  const isCopied = (id) => {
    if (!isShared(id)) return false;
    const { code, importedIds } = modules.get(id);
    if (CONSTANTS.test(id)) return true;
    // What needs the shared file of its folder anyway stands in it.
    const needsFile = importedIds.some((each) => isShared(each) && !isInCore(each) && !isCopied(each));
    if (needsFile || !isStateless(code)) return false;
    return transformSync(code, { minify: true }).code.length < (isInCore(id) ? CORE_COPY_BYTES : COPY_BYTES);
  };
  const isInCore = (id) => readers.get(id).has(input.createTracker);
  const fileOf = (id) => {
    if (!isShared(id)) return undefined;
    if (isInCore(id)) return 'shared/core';
    const [folder, file] = relative(dist, id).split('/');
    return `shared/${file ? folder : folder.replace('.mjs', '')}`;
  };
  /** The file that `id` is part of, for its copies. */
  const ownerOf = (id) => fileOf(id) || relative(dist, [...readers.get(id)][0]);
  /** The copies that the modules of a shared file need. */
  const copiesIn = new Map();
  for (const [id, { importedIds }] of modules) {
    const file = !isCopied(id) && fileOf(id);
    const inFile = file && (copiesIn.get(file) || copiesIn.set(file, new Set()).get(file));
    const add = (each) => {
      if (!isCopied(each) || CONSTANTS.test(each)) return;
      inFile.add(each);
      modules.get(each).importedIds.forEach(add);
    };
    if (file) importedIds.forEach(add);
  }
  /** The file whose copy `owner` uses: that of a shared file which it loads anyway, or its own. */
  const homeOf = (id, owner) => {
    const entry = join(dist, owner);
    const needed = [...readers]
      .filter(([each, entries]) => entries.has(entry) && !isCopied(each))
      .map(([each]) => fileOf(each));
    return needed.find((file) => copiesIn.get(file)?.has(id)) || owner;
  };
  return { isCopied, fileOf, ownerOf, homeOf };
};
