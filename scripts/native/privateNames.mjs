// Which property names nobody outside of our own code can see, so that the minified build may shorten them.
//
// A name is private when every property of that name in src/ and adapters/ is declared by an interface or a class of the
// core that no public type reaches, and is neither serialised nor written as text. Whatever TypeScript cannot tell (`any`,
// index signatures, types of a host or of the language, literals without a type) makes the name public: the list errs on
// the safe side, and a rewrite of the source changes it by itself.
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = fileURLToPath(new URL('../..', import.meta.url));

/** Folders whose interfaces describe what comes from a host or a framework, or goes over the wire. */
const OUTWARD = /^(adapters|src\/(plugins|formats|frameworks|compress|scenes|sources|instrument|cloud|debug))\//;

const createProgram = (root) => {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (fault) => {
        throw new Error(ts.flattenDiagnosticMessageText(fault.messageText, '\n'));
      },
    },
  );
  return ts.createProgram(config.fileNames, config.options);
};

/** Left out of the declarations that are published. */
const isInternal = (node) => ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');

/** The names that a reader of the public types can see: those of every declaration that the `entries` reach. */
const namesOfPublicTypes = (checker, entries, isOurs) => {
  const names = new Set();
  const seen = new Set();
  const visitSymbol = (symbol) => {
    if (symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
    if (seen.has(symbol)) return;
    seen.add(symbol);
    for (const declaration of symbol.declarations || []) if (isOurs(declaration)) visitDeclaration(declaration);
  };
  /** What a `.d.ts` would say of it: annotations as they are written, inferred types as TypeScript infers them. */
  const visitDeclaration = (declaration) => {
    if (ts.isVariableDeclaration(declaration) || ts.isFunctionDeclaration(declaration))
      visitType(checker.getTypeAtLocation(declaration));
    else visitNode(declaration);
  };
  const visitNode = (node) => {
    if (isInternal(node)) return;
    if (node.name && (ts.isTypeElement(node) || ts.isClassElement(node) || ts.isParameter(node))) names.add(node.name.text);
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      if (symbol) visitSymbol(symbol);
    }
    ts.forEachChild(node, visitNode);
  };
  const seenTypes = new Set();
  const visitType = (type) => {
    if (seenTypes.has(type)) return;
    seenTypes.add(type);
    const symbol = type.aliasSymbol || type.symbol;
    if (symbol && (symbol.declarations || []).some(isOurs) && symbol.flags & ts.SymbolFlags.Type) visitSymbol(symbol);
    for (const each of type.aliasTypeArguments || []) visitType(each);
    if (type.isUnionOrIntersection()) type.types.forEach(visitType);
    for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
      visitType(signature.getReturnType());
      for (const parameter of signature.parameters) visitType(checker.getTypeOfSymbol(parameter));
      for (const parameter of signature.typeParameters || []) {
        const constraint = checker.getBaseConstraintOfType(parameter);
        if (constraint) visitType(constraint);
      }
    }
    if (!(type.flags & ts.TypeFlags.Object)) return;
    for (const argument of checker.getTypeArguments(type)) visitType(argument);
    for (const property of type.getProperties())
      if ((property.declarations || []).some((each) => isOurs(each) && !isInternal(each))) {
        names.add(property.name);
        visitType(checker.getTypeOfSymbol(property));
      }
  };
  for (const entry of entries)
    for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(entry))) {
      names.add(symbol.name);
      visitSymbol(symbol);
    }
  return names;
};

/** What goes into `JSON.stringify`, or comes out of `JSON.parse` by a cast: its names, at every depth. */
const namesOfJson = (checker, sources) => {
  const names = new Set();
  const seen = new Set();
  const add = (type) => {
    if (seen.has(type)) return;
    seen.add(type);
    if (type.isUnionOrIntersection()) return type.types.forEach(add);
    if (!(type.flags & ts.TypeFlags.Object)) return;
    for (const argument of checker.getTypeArguments(type)) add(argument);
    for (const property of type.getProperties()) {
      names.add(property.name);
      if (!(property.flags & ts.SymbolFlags.Method)) add(checker.getTypeOfSymbol(property));
    }
    for (const { type: value } of checker.getIndexInfosOfType(type)) add(value);
  };
  const isJson = (node, method) =>
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.getText() === `JSON.${method}`;
  const visit = (node) => {
    if (isJson(node, 'stringify')) add(checker.getTypeAtLocation(node.arguments[0]));
    if (isJson(node, 'parse')) {
      let outer = node.parent;
      while (ts.isAsExpression(outer) || ts.isParenthesizedExpression(outer)) {
        if (ts.isAsExpression(outer)) add(checker.getTypeAtLocation(outer));
        outer = outer.parent;
      }
      const contextual = checker.getContextualType(node);
      if (contextual) add(contextual);
    }
    ts.forEachChild(node, visit);
  };
  sources.forEach(visit);
  return names;
};

const isTypeNode = (node) => ts.isTypeElement(node) || ts.isPropertyDeclaration(node) || ts.isMethodDeclaration(node);

const partsOf = (type) => (type ? (type.isUnionOrIntersection() ? type.types : [type]) : []);

/** What a literal has to be; inside `Object.assign`, what the whole has to be. */
const expectedTypes = (checker, literal) => {
  const { parent } = literal;
  if (ts.isCallExpression(parent) && parent.expression.getText() === 'Object.assign') {
    const target = parent.arguments[0];
    const whole = partsOf(checker.getContextualType(parent));
    return whole.length || target === literal ? whole : partsOf(checker.getTypeAtLocation(target));
  }
  return partsOf(checker.getContextualType(literal));
};

/** A string that may name a property: as a key, or where only certain names are allowed. */
const isKeyText = (checker, node) => {
  const { parent } = node;
  if (
    ts.isElementAccessExpression(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword)
  )
    return true;
  return partsOf(checker.getContextualType(node)).some((type) => type.isStringLiteral());
};

/** The declarations behind a name in code; those of the expected type where an object literal gives it. */
const declarationsOf = (checker, node) => {
  const { parent } = node;
  if (ts.isObjectLiteralElement(parent)) {
    return expectedTypes(checker, parent.parent).flatMap((type) => type.getProperty(node.text)?.declarations || []);
  }
  if (ts.isBindingElement(parent) && (parent.propertyName || parent.name) === node) {
    const property = checker.getTypeAtLocation(parent.parent).getProperty(node.text);
    return property?.declarations || [];
  }
  return checker.getSymbolAtLocation(node)?.declarations || [];
};

/** A member of an interface or a class. A type alias can turn into JSON without a word, an interface cannot. */
const isMember = (node) => ts.isInterfaceDeclaration(node.parent) || ts.isClassLike(node.parent);

const isPropertyName = (node) => {
  const { parent } = node;
  if (!parent) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isBindingElement(parent))
    return ts.isObjectBindingPattern(parent.parent) && (parent.propertyName || parent.name) === node;
  return (ts.isObjectLiteralElement(parent) || isTypeNode(parent)) && parent.name === node;
};

/** The private names, sorted. `entryFiles` are the modules of the public import paths. */
export const findPrivateNames = (entryFiles, root = here) => {
  const program = createProgram(root);
  const checker = program.getTypeChecker();
  const sources = program
    .getSourceFiles()
    .filter(({ fileName, isDeclarationFile }) => !isDeclarationFile && /^(src|adapters)\//.test(relative(root, fileName)));
  const isOurs = (node) => sources.includes(node.getSourceFile());
  const isInward = (node) => isOurs(node) && !OUTWARD.test(relative(root, node.getSourceFile().fileName));
  const entries = entryFiles.map((file) => program.getSourceFile(join(root, file)));
  const hidden = new Set();
  const seen = new Set([...namesOfPublicTypes(checker, entries, isOurs), ...namesOfJson(checker, sources)]);
  const visit = (node) => {
    if (ts.isStringLiteralLike(node) && isKeyText(checker, node)) seen.add(node.text);
    if (ts.isElementAccessExpression(node) && !ts.isStringLiteralLike(node.argumentExpression))
      for (const type of partsOf(checker.getTypeAtLocation(node.expression)))
        for (const property of type.getProperties()) seen.add(property.name);
    if (ts.isIdentifier(node) && isPropertyName(node)) {
      const declarations = isMember(node.parent) ? [node.parent] : declarationsOf(checker, node);
      const isHidden =
        declarations.length > 0 &&
        declarations.every((each) => each.name?.text === node.text && isMember(each) && isInward(each));
      (isHidden ? hidden : seen).add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  sources.forEach(visit);
  return [...hidden].filter((name) => !seen.has(name)).sort();
};
