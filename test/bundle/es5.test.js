import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

// Apps are compiled to ES5, by TypeScript's defaults among others: there `for … of` and spreads walk lists only, and lists of
// other things come out empty or throw. A head with `in` becomes code that does not parse.
it('what the source walks and spreads is a list, so that it works when an app is compiled to ES5', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();
  const wrong = [];
  // What a pattern has matched is a list with members of its own.
  const isMatch = ({ symbol }) => !!symbol && symbol.name === 'RegExpMatchArray';
  const isList = (type) =>
    type.isUnion() ? type.types.every(isList) : checker.isArrayType(type) || checker.isTupleType(type) || isMatch(type);
  const hasIn = (node) =>
    (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) || !!ts.forEachChild(node, hasIn);
  const visit = (node) => {
    const walked =
      ts.isForOfStatement(node) || (ts.isSpreadElement(node) && node.expression.kind) ? node.expression : undefined;
    if (walked && (!isList(checker.getTypeAtLocation(walked)) || hasIn(walked))) {
      const { fileName } = node.getSourceFile();
      wrong.push(`${fileName.slice(root.length)}: ${walked.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  const ours = program.getSourceFiles().filter(({ fileName }) => /\/(src|adapters)\/[^.]*\.ts$/.test(fileName));
  for (const source of ours) visit(source);
  expect(ours.length).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});
