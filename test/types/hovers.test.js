import { readdirSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const FILES = [
  'src/commerce.ts',
  'src/headers.ts',
  'src/types/tracker.ts',
  ...readdirSync('src/plugins').map((file) => `src/plugins/${file}`),
];
const hasDoc = (node) => ts.getJSDocCommentsAndTags(node).some((each) => ts.isJSDoc(each) && each.comment);
const isExported = (node) => ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export;

/** What an editor shows nothing for: exported names, and the members of exported interfaces. */
const silentNames = (file) => {
  const source = ts.createSourceFile(file, ts.sys.readFile(file), ts.ScriptTarget.Latest, true);
  const silent = [];
  for (const node of source.statements) {
    const declarations = ts.isVariableStatement(node) ? node.declarationList.declarations : [node];
    const isPublic =
      declarations.some(isExported) || (node.modifiers || []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isPublic || !declarations[0].name) continue;
    const name = declarations[0].name.text;
    if (!hasDoc(node)) silent.push(name);
    if (ts.isInterfaceDeclaration(node))
      for (const member of node.members) if (!hasDoc(member)) silent.push(`${name}.${member.name.getText()}`);
  }
  return silent;
};

/** The keys of the table that `autotrack` takes its options from, whose texts its options show. */
const silentKeys = () => {
  const file = 'src/plugins/autotrack.ts';
  const source = ts.createSourceFile(file, ts.sys.readFile(file), ts.ScriptTarget.Latest, true);
  const table = source.statements
    .filter(ts.isVariableStatement)
    .map(({ declarationList }) => declarationList.declarations[0])
    .find(({ name }) => name.text === 'PLUGINS').initializer;
  return table.properties.filter((property) => !hasDoc(property)).map(({ name }) => name.text);
};

describe('hovers', () => {
  it.each(FILES)('say something for each name of %s', (file) => {
    expect(silentNames(file)).toEqual([]);
  });

  it('say something for each key of autotrack', () => {
    expect(silentKeys()).toEqual([]);
  });
});
