import fc from 'fast-check';
import { createModel } from './model.mjs';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const kind = fc.oneof(
  { weight: 12, arbitrary: fc.constant('plain') },
  { weight: 2, arbitrary: fc.constantFrom('big', 'bad') },
  { weight: 1, arbitrary: fc.constantFrom('weird', 'huge', 'nameless') },
);
const mode = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(200, 204, 'lists', 'half', 'garbage') },
  { weight: 3, arbitrary: fc.constantFrom(500, 502, 503, 504, 599, 408, 425, 429, 'html', 'none') },
  { weight: 2, arbitrary: fc.constantFrom(302, 401, 403, 404, 501) },
  { weight: 3, arbitrary: fc.constantFrom('limit', 'after', 'afterDate', 'unavailable') },
  { weight: 4, arbitrary: fc.constantFrom('hang', 'before', 'lost', 'offline') },
);
const moment = fc.constantFrom(0, 10, 100, 300, 950, 2 * SECOND, 6 * SECOND, 16 * SECOND, MINUTE, 5 * MINUTE, HOUR);

/** What may happen to a device. Plain values, so that a failing sequence can be read and kept. */
const command = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('track'), count: fc.integer({ min: 1, max: 12 }), kind, durable: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('trickle'), count: fc.integer({ min: 5, max: 90 }) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('run'), ms: moment }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('mode'), mode }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('hide'), ms: fc.constantFrom(0, 100, 3000, 20 * SECOND, HOUR), kill: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('kill') }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('killAt'), operation: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 12 })) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refuse'), chance: fc.constantFrom(0, 0.3, 1) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('corrupt'),
      which: fc.constantFrom('newest', 'oldest', 'all'),
      how: fc.constantFrom('half', 'garbage', 'foreign', 'delete'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clock'), ms: fc.constantFrom(-72 * HOUR, -HOUR, HOUR, 72 * HOUR) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('poison'), poison: fc.constantFrom(0, 400, 422, 500, 'hint') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('network'), type: fc.constantFrom('none', 'wifi') }) },
  { weight: 1, arbitrary: fc.constant({ do: 'flush' }) },
);

export const sequence = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  maxEvents: fc.constantFrom(20, 100, 2000),
  flushAt: fc.constantFrom(3, 30),
  commands: fc.array(command, { minLength: 1, maxLength: 30, size: 'max' }),
});

const RELAUNCH = [50, 500, 5000, 120_000];

/** Runs one sequence to its end; answers the account, with the properties that failed. */
export const runSequence = (core, { seed, maxEvents, flushAt, commands }) => {
  const model = createModel(core, { seed, limits: { maxEvents, flushAt }, device: { muted: 0.01, twice: 0.03 } });
  const { world, server } = model;
  server.limit = 1 + (seed % 5);
  server.after = [5, 60, 3600][seed % 3];
  server.dropsCallbacks = () => world.random() < 0.2;
  const relaunch = () => {
    model.kill();
    world.run(RELAUNCH[world.between(0, 3)]);
    model.launch();
    world.run(world.between(0, 1) * 300);
  };
  model.launch();
  for (const step of commands) {
    if (model.isDead()) relaunch();
    if (step.do === 'track') for (let i = 0; i < step.count; i++) model.track(step);
    else if (step.do === 'trickle') {
      for (let i = 0; i < step.count; i++) {
        model.track();
        model.run(700 + (i % 3) * 400);
      }
    } else if (step.do === 'run') model.run(step.ms);
    else if (step.do === 'mode') server.mode = step.mode;
    else if (step.do === 'hide') {
      model.hide();
      model.run(step.ms);
      if (step.kill) relaunch();
      else model.show();
    } else if (step.do === 'kill') relaunch();
    else if (step.do === 'killAt') model.killAt(step.operation);
    else if (step.do === 'refuse') model.refuse(step.chance);
    else if (step.do === 'corrupt') {
      model.corrupt(step.which, step.how);
      relaunch();
    } else if (step.do === 'clock') model.clock(step.ms);
    else if (step.do === 'poison') server.poison = step.poison;
    else if (step.do === 'network') model.network(step.type);
    else if (step.do === 'flush') model.flush();
    model.check();
  }
  model.settle();
  return Object.assign(model.account(), { failures: model.failures, model });
};

/** Runs `runs` random sequences; stops at the first that fails and shrinks it. */
export const runModel = (core, { runs, seed, shrink = true }) => {
  const total = { sequences: 0, events: 0, kills: 0, unexplained: 0, excused: 0, repeats: 0 };
  const property = fc.property(sequence, (given) => {
    const result = runSequence(core, given);
    total.sequences++;
    for (const name of ['events', 'kills', 'unexplained', 'excused', 'repeats']) total[name] += result[name];
    if (result.failures.length) throw new Error(result.failures[0]);
  });
  const result = fc.check(property, { numRuns: runs, seed, endOnFailure: !shrink });
  const failed = result.failed && result.counterexample;
  return Object.assign(total, {
    failure: failed ? result.errorInstance.message : undefined,
    sequence: failed ? result.counterexample[0] : undefined,
    stack: failed ? result.errorInstance.stack : undefined,
  });
};
