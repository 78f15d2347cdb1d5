import { TmplGroup } from 'glass-easel-template-compiler';

// Comments, and tags with their attributes; the text `1 bindtap = 2` between tags is none of them.
const TAG = /<!--[\s\S]*?-->|<\/?[a-zA-Z](?:"[^"]*"|'[^']*'|[^>"'])*>/g;

const toWechat = (template, path, toWechatTag, customTags) => {
  try {
    return template.replace(TAG, (tag) => (tag.startsWith('<!--') ? tag : toWechatTag(tag, customTags)));
  } catch (error) {
    throw new Error(`${path}: ${error.message}`);
  }
};

// The compiler reports these as warnings and goes on with half a tree; WeChat's own refuses the file.
const REFUSED = new Set(['missing end tag', 'invalid attribute', 'invalid end tag', 'unmatched end tag']);

/**
 * @param {object} options
 * @param {Record<string, string>} options.templates path without extension → template
 * @param {Record<string, string>} options.scripts path without extension → wxs
 * @param {import('./dialects.mjs').Dialect} options.dialect
 * @param {Set<string>} options.customTags names of components
 * @returns {string} an expression whose value maps each path to its template
 */
export const compileTemplates = ({ templates, scripts, dialect, customTags }) => {
  const group = new TmplGroup();
  try {
    for (const [path, template] of Object.entries(templates)) {
      const problems = group.addTmpl(path, toWechat(template, path + dialect.template, dialect.toWechatTag, customTags)) ?? [];
      const wrong = problems.find((p) => p.isError || REFUSED.has(p.message));
      if (wrong) {
        throw new Error(`${path}${dialect.template}:${wrong.startLine + 1}:${wrong.startColumn + 1}: ${wrong.message}`);
      }
    }
    for (const [path, wxs] of Object.entries(scripts)) group.addScript(path, wxs);
    return group.getTmplGenObjectGroups();
  } finally {
    group.free();
  }
};
