import { TmplGroup } from 'glass-easel-template-compiler';

// glass-easel's compiler knows `bind:tap` only; WeChat also accepts `bindtap`, `catchtap`, ….
// https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html
const SHORT_BINDING = /(\s)(capture-bind|capture-catch|mut-bind|bind|catch)([a-zA-Z_][\w-]*)(\s*=)/g;

/** Only inside tags: the text `1 bindtap = 2` between tags stays as it is. */
const expandBindings = (wxml) =>
  wxml.replace(/<!--[\s\S]*?-->|<[a-zA-Z](?:"[^"]*"|'[^']*'|[^>"'])*>/g, (tag) =>
    tag.startsWith('<!--') ? tag : tag.replace(SHORT_BINDING, '$1$2:$3$4'),
  );

// The compiler reports these as warnings and goes on with half a tree; WeChat's own refuses the file.
const REFUSED = new Set(['missing end tag', 'invalid attribute', 'invalid end tag', 'unmatched end tag']);

/**
 * @param {Record<string, string>} templates path without extension → wxml
 * @param {Record<string, string>} scripts path without extension → wxs
 * @returns {string} an expression whose value maps each path to its template
 */
export const compileTemplates = (templates, scripts) => {
  const group = new TmplGroup();
  try {
    for (const [path, wxml] of Object.entries(templates)) {
      const problems = group.addTmpl(path, expandBindings(wxml)) ?? [];
      const wrong = problems.find((p) => p.isError || REFUSED.has(p.message));
      if (wrong) {
        throw new Error(`${path}.wxml:${wrong.startLine + 1}:${wrong.startColumn + 1}: ${wrong.message}`);
      }
    }
    for (const [path, wxs] of Object.entries(scripts)) group.addScript(path, wxs);
    return group.getTmplGenObjectGroups();
  } finally {
    group.free();
  }
};
