import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const hasDoc = (node) => ts.getJSDocCommentsAndTags(node).some((each) => ts.isJSDoc(each) && each.comment);

/** The keys of the table that `autotrack` takes its options from, whose texts its options show. */
const keys = () => {
  const file = 'src/plugins/autotrack.ts';
  const source = ts.createSourceFile(file, ts.sys.readFile(file), ts.ScriptTarget.Latest, true);
  const table = source.statements
    .filter(ts.isVariableStatement)
    .map(({ declarationList }) => declarationList.declarations[0])
    .find(({ name }) => name.text === 'PLUGINS').initializer;
  return table.properties.map((property) => ({ name: property.name.text, isSilent: !hasDoc(property) }));
};

// Those of every other public name are held by the reference: `npm run docs` and `npm run lint` fail at one without a text.
describe('hovers', () => {
  it('say something for each key of autotrack', () => {
    expect(keys().filter(({ isSilent }) => isSilent)).toEqual([]);
  });

  it('of the options of autotrack name each of its plugins', () => {
    const page = ts.sys.readFile('docs/api/plugins/autotrack.md');
    expect(keys().filter(({ name }) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
