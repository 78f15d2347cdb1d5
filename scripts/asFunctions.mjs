const SHORT = 150;

/**
 * A rollup plugin that writes what a module defines as an arrow function as a `function`. Engines read an arrow function
 * in full when they meet it and again when it is called; of a `function` they only find the end at first. On V8 that is a
 * fifth of what it costs to evaluate the package. Short ones stay: there is nothing to gain.
 */
export const asFunctions = () => ({
  name: 'asFunctions',
  renderChunk(code) {
    let written = '';
    let at = 0;
    for (const node of this.parse(code).body) {
      const { start, end, declarations = [] } = node.type === 'VariableDeclaration' ? node : { declarations: [] };
      const [{ id, init } = {}] = declarations;
      const isLong = declarations.length === 1 && init && init.type === 'ArrowFunctionExpression' && end - start > SHORT;
      if (!isLong || init.async) continue;
      const { params, body } = init;
      const given = params.length ? code.slice(params[0].start, params[params.length - 1].end) : '';
      const text = code.slice(body.start, body.end);
      written += `${code.slice(at, start)}function ${id.name}(${given}) ${
        body.type === 'BlockStatement' ? text : `{\n    return ${text};\n}`
      }`;
      at = end;
    }
    return { code: written + code.slice(at), map: null };
  },
});
