// The event dictionary, for people and for data teams: docs/events.md (and .zh-CN.md), docs/events.json, docs/events.csv. It
// joins what is written once each: docs/privacy.md knows every field, its hosts and its plugin (a test holds that against
// what is really sent on three hosts), docs/plugins/ and docs/identity.md say of each event when it comes, and of each
// property its type, what it is, when it is missing, and an example.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file) => (existsSync(root + file) ? readFileSync(root + file, 'utf8') : '');
const codes = (text) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
const rowsOf = (text) =>
  text
    .split('\n')
    .filter((line) => /^\| /.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );

const hostsOf = (cell) => {
  const named = ['wx', 'my', 'tt'].filter((host) => codes(cell).some((code) => code === host || code.startsWith(`${host}.`)));
  return (named.length ? named : ['wx', 'my', 'tt']).map((host) => ({ wx: 'wechat', my: 'alipay', tt: 'douyin' })[host]);
};

/** `{ 'page_view.path': { plugin, hosts }, … }` of docs/privacy.md. */
const readFields = () => {
  const fields = {};
  let plugin = '';
  for (const line of read('docs/privacy.md').split('\n')) {
    const [, heading] = /^##+ (.*)/.exec(line) || [];
    if (heading !== undefined) plugin = codes(heading)[0] || '';
    if (!/^\| `/.test(line)) continue;
    const [[names, , from = '']] = rowsOf(line);
    for (const name of codes(names)) if (/^\w+\.[\w*]/.test(name)) fields[name] = { plugin, hosts: hostsOf(from) };
  }
  return fields;
};

const TYPES = /^(string|number|boolean|object|array|list|integer)\b/;
const EVENTS = /^## (Events|事件)$([\s\S]*?)^## /m;
/** A data team's table has no page around it that a link could lead into. */
const plain = (text) => text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');

/**
 * What a plugin's page says under "Events". The page of identity, which stands for those without one, has a table by calls.
 *
 * @param {string} file
 */
const createPage = (file) => {
  const text = read(file);
  const section = plain(EVENTS.exec(text)?.[2] ?? '');
  const rows = rowsOf(section);
  const whenOf = (event) => {
    const row = rows.find(([names]) => codes(names)[0] === event);
    const sentence = new RegExp(`^\`${event}\`(?:, |：)(.*?)[.。]?$`, 'm').exec(section);
    return row && !TYPES.test(row[1]) ? row[1] : sentence?.[1];
  };
  const propertyOf = (event, property) => {
    for (const cells of rows) {
      const at = cells.findIndex((cell) => TYPES.test(cell));
      // Where events share a table, the cell between says whose property it is.
      const owners = at > 1 ? codes(cells[1]) : [event];
      if (at > 0 && codes(cells[0]).includes(property) && owners.includes(event))
        return { type: TYPES.exec(cells[at])[1], meaning: cells[at + 1], missing: cells[at + 2] ?? '' };
    }
    return undefined;
  };
  const callOf = (event) => {
    const row = rows.find(([call, , name]) => /^`[\w.]+\(/.test(call) && codes(name)[0] === event);
    return row && { when: row[0], meaning: row[3].replace(/^`keys`(: |：)/, '') };
  };
  const examples = {};
  for (const [, code] of text.matchAll(/```json\n([\s\S]*?)```/g))
    for (const line of [code, ...code.split('\n')]) {
      try {
        const { name, properties } = JSON.parse(line);
        if (name) examples[name] = { ...properties, ...examples[name] };
      } catch {
        // Not an event by itself: a part of one, or several.
      }
    }
  return { whenOf, propertyOf, callOf, exampleOf: (event, property) => examples[event]?.[property] };
};

const pages = new Map();
const pageOf = (plugin, suffix) => {
  const file = plugin && plugin !== 'profile' ? `docs/plugins/${plugin}${suffix}` : `docs/identity${suffix}`;
  if (!pages.has(file)) pages.set(file, createPage(file));
  return pages.get(file);
};

const unitOf = (property) =>
  /_ms$/.test(property) ? 'ms' : /_at$/.test(property) ? 'ms since 1970' : /fraction$/.test(property) ? '0 to 1' : '';

/** One row for each property of each event that the package itself tracks, and one for an event that has none. */
export const eventRows = () => {
  const { version } = JSON.parse(read('package.json'));
  const fields = readFields();
  const rowOf = (event, property, { plugin, hosts }) => {
    const [en, zh] = ['.md', '.zh-CN.md'].map((suffix) => pageOf(plugin, suffix));
    const [call, chinese] = [en.callOf(event), zh.callOf(event)];
    const own = en.propertyOf(event, property);
    return {
      event,
      when_en: call ? call.when : en.whenOf(event),
      when_zh: chinese ? chinese.when : zh.whenOf(event),
      property,
      type: own?.type ?? { keys: 'list', '*': 'your own', '': 'none' }[property] ?? 'any',
      unit: unitOf(property),
      example: en.exampleOf(event, property),
      hosts,
      plugin,
      version,
      en: own?.meaning ?? call?.meaning ?? '',
      zh: zh.propertyOf(event, property)?.meaning ?? chinese?.meaning ?? '',
      missing_en: own?.missing ?? '',
      missing_zh: zh.propertyOf(event, property)?.missing ?? '',
    };
  };
  const rows = Object.entries(fields)
    .map(([field, rest]) => [field.split('.')[0], field.split('.').slice(1).join('.'), rest])
    .filter(([event]) => !['context', 'event', 'stored', 'track', 'register', 'url', 'card'].includes(event))
    .map(([event, property, rest]) => rowOf(event, property, rest));
  return [...rows, rowOf('profile_delete', '', { plugin: 'profile', hosts: hostsOf('') })];
};

const csvCell = (value) => {
  const text = Array.isArray(value) ? value.join(' ') : typeof value === 'object' ? JSON.stringify(value) : `${value ?? ''}`;
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
};

const WORDS = {
  en: {
    title: '# Event dictionary',
    other: '[简体中文](events.zh-CN.md)',
    intro: (version) =>
      `All events and properties that the SDK (minitrail ${version}) tracks by itself. The same table is there as [JSON](events.json) and [CSV](events.csv). What all events share is under [identity](identity.md) and [wire format](wire-format.md). The events of a shop are in [commerce](commerce.md).`,
    head: '| property | type | unit | what it is | missing when | example | hosts |',
    by: (plugin, when) => `By [\`${plugin}\`](plugins/${plugin}.md): ${when}.`,
    call: (when) => `By ${when}.`,
    none: 'no property',
    units: {},
    types: {},
    hosts: {},
    all: 'all',
  },
  zh: {
    title: '# 事件字典',
    other: '[English](events.md)',
    intro: (version) =>
      `SDK（minitrail ${version}）自己采集的全部事件与属性。同一份数据也以 [JSON](events.json) 和 [CSV](events.csv) 提供，方便导入。所有事件共有的内容见[用户标识](identity.zh-CN.md)和[数据格式](wire-format.zh-CN.md)，电商事件见[电商](commerce.zh-CN.md)。`,
    head: '| 属性 | 类型 | 单位 | 含义 | 什么时候没有 | 示例 | 平台 |',
    by: (plugin, when) => `由 [\`${plugin}\`](plugins/${plugin}.zh-CN.md) 采集：${when}。`,
    call: (when) => `调用 ${when} 时产生。`,
    none: '没有属性',
    units: { ms: '毫秒', 'ms since 1970': '毫秒时间戳', '0 to 1': '0 至 1' },
    types: { 'your own': '由你决定' },
    hosts: { wechat: '微信', alipay: '支付宝', douyin: '抖音' },
    all: '全部',
  },
};

const page = (rows, language) => {
  const words = WORDS[language];
  const lines = [words.title, '', words.intro(rows[0].version), '', words.other];
  for (const event of [...new Set(rows.map((row) => row.event))]) {
    const own = rows.filter((row) => row.event === event);
    const [{ plugin, [`when_${language}`]: when }] = own;
    lines.push('', `## ${event}`, '', /^`\w.*\)`$/.test(when) ? words.call(when) : words.by(plugin, when), '');
    lines.push(words.head, '| --- | --- | --- | --- | --- | --- | --- |');
    for (const { property, type, unit, example, hosts, [language]: meaning, [`missing_${language}`]: missing } of own)
      lines.push(
        `| ${[
          property ? `\`${property}\`` : words.none,
          property ? (words.types[type] ?? type) : '',
          words.units[unit] ?? unit,
          meaning,
          missing,
          example === undefined ? '' : `\`${JSON.stringify(example)}\``,
          hosts.length === 3 ? words.all : hosts.map((host) => words.hosts[host] ?? host).join(', '),
        ].join(' | ')} |`,
      );
  }
  return `${lines.join('\n')}\n`;
};

const COLUMNS = 'event when_en when_zh property type unit example hosts plugin version en zh missing_en missing_zh'.split(' ');

export const eventPages = () => {
  const rows = eventRows();
  const csv = [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((name) => csvCell(row[name])).join(','))].join('\n');
  return {
    'docs/events.md': page(rows, 'en'),
    'docs/events.zh-CN.md': page(rows, 'zh'),
    'docs/events.json': JSON.stringify(rows, null, 2),
    'docs/events.csv': `${csv}\n`,
  };
};
