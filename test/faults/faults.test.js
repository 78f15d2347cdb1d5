import { beforeAll, describe, expect, it } from 'vitest';
import { bundleCore } from '../helpers/bundleCore.mjs';
import { runModel, runSequence } from './commands.mjs';
import { catchMutant, MUTANTS } from './mutants.mjs';
import { scenarios } from './scenarios.mjs';

// Smaller and with fixed seeds; `npm run faults` runs all of it and prints the figures.
const SMALLER = { f3: { every: 40 }, f12: { days: 0.5, kills: 100 }, audit: { devices: 5 } };
// Those that only the targeted tests catch take long; the full run has them.
const QUICK = Object.keys(MUTANTS).filter(
  (name) =>
    !/interrupted|on record|cut by a kill|10 s request|aborts the load|new events in one|never comes|late answer/.test(name),
);

describe('delivery under faults', () => {
  let core;
  beforeAll(async () => {
    core = await bundleCore();
  });

  it('loses nothing without a number in random sequences (F1)', () => {
    const { failure, sequence, sequences } = runModel(core, { runs: 300, seed: 20_261_121 });
    expect(failure, JSON.stringify(sequence)).toBeUndefined();
    expect(sequences).toBe(300);
  });

  it('counts none of the copies as lost that a kill cut short, also when what they were copied from goes before them', () => {
    const { failures } = runSequence(core, {
      seed: 1_883_813_526,
      maxEvents: 100,
      flushAt: 3,
      commands: [
        { do: 'network', type: 'none' },
        { do: 'trickle', count: 88 },
        { do: 'track', count: 6, kind: 'plain' },
        { do: 'run', ms: 2000 },
        { do: 'track', count: 7, kind: 'plain' },
        { do: 'run', ms: 100 },
        { do: 'killAt', operation: 1 },
        { do: 'track', count: 1, kind: 'plain', durable: true },
        { do: 'hide', ms: 20_000, kill: true },
        { do: 'mode', mode: 500 },
      ],
    });
    expect(failures).toEqual([]);
  });

  it.each(QUICK)('notices a core with this fault: %s (F2)', async (name) => {
    let caught = await catchMutant(name, { runs: 250, seed: 1, tests: [] });
    if (!caught.by) caught = await catchMutant(name, { runs: 250, seed: 3, tests: [] });
    expect(caught.by, caught.property).toBe('F1');
  });

  it('notices a core that writes copies and new events in one record (F7)', async () => {
    const { by, property } = await catchMutant('copies and new events in one record', { runs: 1, tests: ['f7'] });
    expect(by, property).toBe('F7');
  });

  // The figures of F8 are those of a crowd, the ones of F17 of a machine: in the full run.
  it.each(Object.keys(scenarios).filter((name) => !['f8', 'f17'].includes(name)))('meets each target of %s', (name) => {
    expect(scenarios[name](core, SMALLER[name]).filter(({ ok }) => !ok)).toEqual([]);
  });
});
