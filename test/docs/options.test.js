import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const read = (file) => readFileSync(file, 'utf8');
/** What stands as code in the first cell of the rows of the first part of a page that has this text. */
const namesIn = (page, text) => {
  const part = read(page)
    .split(/^#+ /m)
    .find((each) => each.includes(text));
  const cells = [...part.matchAll(/^\| (`.*?) +\|/gm)].map(([, cell]) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
};
const membersOf = (file, name) => {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  return source.statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === name).members;
};
const keysOf = (file, name) => membersOf(file, name).map((member) => member.name.text);
describe.each(['docs/options.md', 'docs/options.zh-CN.md'])('%s', (page) => {
  it('has every option, and no other', () => {
    expect(namesIn(page, '| `adapter`').sort()).toEqual(keysOf('src/types/options.ts', 'TrackerOptions').sort());
  });

  it('has every field of an endpoint, and no other', () => {
    expect(namesIn(page, '| `url`').sort()).toEqual(keysOf('src/types/options.ts', 'Endpoint').sort());
  });

  it('has every method of the tracker', () => {
    const methods = namesIn(page, '| `track(').map((name) => name.split('(')[0]);
    expect(methods).toEqual(expect.arrayContaining(keysOf('src/types/tracker.ts', 'Tracker')));
  });
});

it.each(['docs/insight.md', 'docs/insight.zh-CN.md'])('%s has every setting of the collector, and no other', (page) => {
  const source = read('examples/insight/src/readConfig.js');
  const taken = [...new Set([...source.matchAll(/\benv\.(INSIGHT_\w+)/g)].map(([, name]) => name))];
  expect(namesIn(page, '| `INSIGHT_HOST`').sort()).toEqual(taken.sort());
});

describe.each(['docs/endpoints.md', 'docs/endpoints.zh-CN.md'])('%s', (page) => {
  it.each(['json', 'cloudevents', 'segment', 'clickhouse', 'sls', 'tls', 'otlp', 'posthog'])(
    'has each option of %s',
    (name) => {
      const interfaceName = `${name[0].toUpperCase()}${name.slice(1)}Options`;
      const row = read(page)
        .split('\n')
        .find((line) => line.startsWith(`| \`${name}()\``));
      for (const key of keysOf(`src/formats/${name}.ts`, interfaceName)) expect(row).toContain(`\`${key}\``);
    },
  );
});
