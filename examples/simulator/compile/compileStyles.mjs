import { posix } from 'node:path';
import { rpxToPx } from '../host/rpxToPx.js';

const IMPORT = /@import\s+(?:url\()?["']([^"']+)["']\)?\s*;/g;
const COMMENT = /\/\*[\s\S]*?\*\//g;

/**
 * @param {string} path of the wxss file, for messages
 * @param {(path: string) => string | undefined} read
 * @param {string[]} chain files being inlined, to stop a circle
 */
const inlineImports = (path, read, chain = []) => {
  const css = read(path);
  if (css === undefined) throw new Error(`${chain.at(-1) ?? path}: @import "${path}" not found`);
  if (chain.includes(path)) return '';
  return css.replace(COMMENT, '').replace(IMPORT, (_, target) => {
    const next = target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(path), target);
    return inlineImports(next, read, [...chain, path]);
  });
};

// Tags that the browser backend draws with another HTML element (see host/dom/tags.js).
const DRAWN_AS = { image: 'img', button: 'wx-button' };
const renameTags = (selector) =>
  selector.replace(/(^|[\s>+~,(])(image|button)(?![\w-])/g, (_, before, tag) => before + DRAWN_AS[tag]);

/**
 * glass-easel writes `scope--name` for a class inside an isolated component, so its sheet must say the same.
 * `:host` becomes the attribute that glass-easel puts on the component's element.
 */
const scopeSelector = (selector, scope) =>
  selector.replace(/\.(-?[a-zA-Z_][\w-]*)/g, `.${scope}--$1`).replace(/:host\b/g, `[wx-host="${scope}"]`);

/** Rewrites selectors only: what stands before a `{` and is not an at-rule. */
const mapSelectors = (css, map) =>
  css.replace(/([^{};]+)\{/g, (whole, head) => {
    const trimmed = head.trim();
    // Keyframe steps (`50%`, `from`) contain neither classes nor tags we rename.
    return trimmed.startsWith('@') ? whole : whole.replace(trimmed, () => map(trimmed));
  });

/**
 * @param {string} path
 * @param {(path: string) => string | undefined} read
 * @param {string} [scope] class prefix of an isolated component
 */
export const compileStyle = (path, read, scope) =>
  mapSelectors(rpxToPx(inlineImports(path, read)), (selector) =>
    scope ? scopeSelector(renameTags(selector), scope) : renameTags(selector),
  ).trim();
