import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, TestRunner, test } from 'vitest';

// Runs in the copy that `sandbox.mjs` makes: each test once as it is, to learn which changes it reaches, then for one change
// after the other the tests that reach it, until one fails. All in one process, so that nothing loads twice.
const { ids, tests } = JSON.parse(readFileSync('attempts.json', 'utf8'));
const said = existsSync('attempts.jsonl') ? readFileSync('attempts.jsonl', 'utf8').trim().split('\n') : [];
const done = new Set(said.map((line) => JSON.parse(line).id));
const say = (line) => appendFileSync('attempts.jsonl', `${JSON.stringify(line)}\n`);
const switches = globalThis.__stryker__;
const { setImmediate } = globalThis;

/** What was reached as the files loaded. */
let early = {};
beforeAll(() => {
  early = Object.assign({}, (switches.mutantCoverage || {}).static);
});
beforeEach(({ task }) => {
  switches.currentTestId = task.id;
});
afterEach(() => {
  switches.currentTestId = undefined;
});
for (const file of tests) describe(file, () => import(resolve(file)));

const testsIn = (task) => (task.type === 'test' ? [task] : task.tasks.flatMap(testsIn));
const suitesOf = ({ suite, file }) => (suite ? [...suitesOf(suite), suite] : [file]);

/** Whether all of these go well, one after the other, those behind one that does not included. */
const allPass = async (steps) => {
  let isWell = true;
  for (const step of steps)
    await Promise.resolve()
      .then(step)
      .catch(() => (isWell = false));
  return isWell;
};

/** Runs a test with what stands before and after it; answers whether all of that went well. */
const passes = async (task) => {
  const suites = suitesOf(task);
  const undo = [];
  let isWell = true;
  const fail = () => {
    isWell = false;
  };
  const before = async () => {
    for (const suite of suites)
      for (const hook of TestRunner.getSuiteHooks(suite).beforeEach) undo.push(await hook(task.context, suite));
    await TestRunner.getTestFn(task)();
  };
  const after = suites
    .flatMap((suite) => TestRunner.getSuiteHooks(suite).afterEach.map((hook) => () => hook(task.context, suite)))
    .reverse();
  process.on('unhandledRejection', fail).on('uncaughtException', fail);
  const ran = await allPass([before]);
  const ended = await allPass([...after, ...undo.filter((each) => typeof each === 'function').reverse()]);
  await new Promise((go) => setImmediate(go));
  process.off('unhandledRejection', fail).off('uncaughtException', fail);
  return ran && ended && isWell;
};

// Not where a change is on from the start.
test.skipIf(process.env.__STRYKER_ACTIVE_MUTANT__)('attempts', { timeout: 0 }, async ({ task: own }) => {
  const all = testsIn(own.file).filter(({ result }) => result && result.state === 'pass');
  const { perTest = {} } = switches.mutantCoverage || {};
  const kills = new Map();
  /** Those that notice much in little time first. */
  const worth = ({ id, result }) => (kills.get(id) || 0.01) / (result.duration + 1);
  for (const id of ids.filter((each) => !done.has(each))) {
    const near = all.filter((each) => perTest[each.id] && perTest[each.id][id]).sort((a, b) => worth(b) - worth(a));
    let killer;
    for (const task of near) {
      writeFileSync('attempts.now', id);
      // A loop that does not end: Stryker's switch throws beyond the limit.
      Object.assign(switches, { activeMutant: id, hitCount: 0, hitLimit: perTest[task.id][id] * 100 + 1000 });
      if ((await passes(task)) && switches.hitCount <= switches.hitLimit) continue;
      killer = task;
      break;
    }
    switches.activeMutant = switches.hitCount = undefined;
    if (killer) kills.set(killer.id, (kills.get(killer.id) || 0) + 1);
    say({ id, status: killer ? 'killed' : early[id] ? 'early' : 'survived', by: killer && killer.name });
    // What a change left behind fails later tests as well: on in a new process.
    if (killer && !(await passes(killer))) throw new Error(`${killer.name} fails without the change, too`);
  }
  const failing = testsIn(own.file).filter(({ result }) => result && result.state === 'fail');
  say({ id: 'end', failing: failing.map(({ name, suite }) => `${suite.name} ${name}`) });
});
