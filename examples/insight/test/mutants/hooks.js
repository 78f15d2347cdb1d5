/** `vitest` is what collects tests for a run of mutants. */
export const resolve = (specifier, context, next) =>
  specifier === 'vitest' ? { url: new URL('./vitest.js', import.meta.url).href, shortCircuit: true } : next(specifier, context);
