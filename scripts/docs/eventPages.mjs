// The event dictionary, for people and for data teams: docs/events.md (and .zh-CN.md), docs/events.json, docs/events.csv. It
// joins what is written once each: docs/privacy.md knows every field, its hosts and its plugin (a test holds that against
// what is really sent on three hosts), docs/plugins/ know the types and give examples.
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

/** `{ 'page_view.path': { plugin, hosts, meaning }, … }` of docs/privacy.md or its translation. */
const fieldsOf = (file) => {
  const fields = {};
  let plugin = '';
  for (const line of read(file).split('\n')) {
    const [, heading] = /^##+ (.*)/.exec(line) || [];
    if (heading !== undefined) plugin = codes(heading)[0] || '';
    if (!/^\| `/.test(line)) continue;
    const [[names, meaning = '', from = '']] = rowsOf(line);
    for (const name of codes(names)) if (/^\w+\.[\w*]/.test(name)) fields[name] = { plugin, hosts: hostsOf(from), meaning };
  }
  return fields;
};

const TYPES = /^(string|number|boolean|object|array|list|integer)\b/;
/** What a plugin's page says of a property: its type, and a value from an example. */
const createLookUp = (plugin) => {
  const text = read(plugin ? `docs/plugins/${plugin}.md` : 'docs/identity.md');
  const types = {};
  for (const cells of rowsOf(text)) {
    const type = cells.find((cell) => TYPES.test(cell));
    if (type) for (const name of codes(cells[0])) types[name] = TYPES.exec(type)[1];
  }
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
  return (event, property) => ({ type: types[property], example: examples[event]?.[property] });
};

const unitOf = (property) =>
  /_ms$/.test(property) ? 'ms' : /_at$/.test(property) ? 'ms since 1970' : /fraction$/.test(property) ? '0 to 1' : '';

/** One row for each property of each event that the package itself tracks. */
export const eventRows = () => {
  const chinese = fieldsOf('docs/privacy.zh-CN.md');
  const lookUps = new Map();
  return Object.entries(fieldsOf('docs/privacy.md'))
    .map(([field, rest]) => ({ event: field.split('.')[0], property: field.split('.').slice(1).join('.'), field, ...rest }))
    .filter(({ event }) => !['context', 'event', 'stored', 'track', 'register', 'url', 'card'].includes(event))
    .map(({ event, property, field, plugin, hosts, meaning }) => {
      if (!lookUps.has(plugin)) lookUps.set(plugin, createLookUp(plugin));
      // Without a table of its own: the one list of names.
      const { type = property === 'keys' ? 'list' : property === '*' ? 'your own' : 'any', example } = lookUps.get(plugin)(
        event,
        property,
      );
      const meanings = { en: meaning, zh: chinese[field] ? chinese[field].meaning : '' };
      return { event, property, type, unit: unitOf(property), example, hosts, plugin, ...meanings };
    });
};

const csvCell = (value) => {
  const text = Array.isArray(value) ? value.join(' ') : typeof value === 'object' ? JSON.stringify(value) : `${value ?? ''}`;
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
};

const page = (rows, language) => {
  const isChinese = language === 'zh';
  const lines = isChinese
    ? [
        '# 事件字典',
        '',
        'SDK 自己采集的全部事件与属性。同一份数据也以 [JSON](events.json) 和 [CSV](events.csv) 提供，方便导入。每个事件的说明见[插件](plugins/README.zh-CN.md)。',
        '',
        '[English](events.md)',
      ]
    : [
        '# Event dictionary',
        '',
        'All events and properties that the SDK tracks by itself. The same table is there as [JSON](events.json) and [CSV](events.csv). When each event comes: [plugins](plugins/README.md).',
        '',
        '[简体中文](events.zh-CN.md)',
      ];
  for (const event of [...new Set(rows.map((row) => row.event))]) {
    lines.push(
      '',
      `## ${event}`,
      '',
      isChinese ? '| 属性 | 类型 | 单位 | 含义 | 平台 | 插件 |' : '| property | type | unit | meaning | hosts | plugin |',
      '| --- | --- | --- | --- | --- | --- |',
    );
    for (const { property, type, unit, hosts, plugin, en, zh } of rows.filter((row) => row.event === event))
      lines.push(
        `| \`${property}\` | ${type} | ${unit} | ${isChinese ? zh : en} | ${hosts.length === 3 ? (isChinese ? '全部' : 'all') : hosts.join(', ')} | ${plugin} |`,
      );
  }
  return `${lines.join('\n')}\n`;
};

export const eventPages = () => {
  const rows = eventRows();
  const columns = ['event', 'property', 'type', 'unit', 'example', 'hosts', 'plugin', 'en', 'zh'];
  const csv = [columns.join(','), ...rows.map((row) => columns.map((name) => csvCell(row[name])).join(','))].join('\n');
  return {
    'docs/events.md': page(rows, 'en'),
    'docs/events.zh-CN.md': page(rows, 'zh'),
    'docs/events.json': JSON.stringify(rows, null, 2),
    'docs/events.csv': `${csv}\n`,
  };
};
