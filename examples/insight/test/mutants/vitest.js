/**
 * Stands in for `vitest` in a run of mutants: it only collects tests, so that they can be run again and again in one process,
 * on what their files made once.
 */
import { format } from 'node:util';
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend, setState } from '@vitest/expect';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
export const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null, testPath: '' }, expect);

/** @type {{ name: string, run: () => unknown }[]} */
export const tests = [];
/** Hooks that wait to be run once. */
const waiting = [];
let path = [];

const named = (name, given) => {
  const list = Array.isArray(given) ? given : [given];
  const filled = name.replace(/\$(\w+)/g, (_, key) => String(list[0]?.[key]));
  return format(filled, ...list.slice(0, (filled.match(/%[sdifjoO]/g) || []).length));
};
const each = (define) => (table) => (name, run) => {
  for (const given of table) define(named(name, given), () => (Array.isArray(given) ? run(...given) : run(given)));
};

export const describe = (name, define) => {
  path = [...path, name];
  define();
  path = path.slice(0, -1);
};
describe.each = each(describe);
export const test = (name, run) => tests.push({ name: [...path, name].join(' > '), run });
test.each = each(test);
export const it = test;
export const beforeAll = (run) => waiting.push(run);
/** The process ends with what files opened. */
export const afterAll = () => {};

export const runHooks = async () => {
  for (const run of waiting.splice(0)) await run();
};
