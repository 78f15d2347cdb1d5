import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { journalLine } from '../../population/journalFile.js';
import { PLAN } from '../../population/plan.js';
import { createPopulation } from '../../population/simulate.js';
import { truthOf } from '../../population/truthOf.js';

const run = async (seed) => {
  const lines = [];
  const population = await createPopulation({
    seed,
    visitors: 80,
    until: '2026-11-21',
    receive: (...batch) => lines.push(journalLine(...batch)),
  });
  await population.world.runTo(population.endDay);
  return { lines, population, journal: lines.join(''), truth: JSON.stringify(truthOf(population, PLAN)) };
};

describe('population', () => {
  it('is the same for the same seed, byte for byte, and another for another', async () => {
    const [one, two, other] = [await run('a'), await run('a'), await run('b')];
    expect(two.journal).toBe(one.journal);
    expect(two.truth).toBe(one.truth);
    expect(other.journal).not.toBe(one.journal);
  });

  it('sends what the schema of the package allows, in the order of arrival', async () => {
    const { lines } = await run('a');
    const schema = JSON.parse(readFileSync(new URL('../../../../dist/formats/json.schema.json', import.meta.url), 'utf8'));
    const validate = new Ajv({ strict: false }).compile(schema);
    let last = 0;
    for (const line of lines) {
      const { received_at, key, body } = JSON.parse(line);
      // What the collector's server keeps of its messages has a shape of its own.
      if (key === 'shop') expect(validate(body), JSON.stringify(validate.errors)).toBe(true);
      expect(received_at).toBeGreaterThanOrEqual(last);
      last = received_at;
    }
    expect(lines.length).toBeGreaterThan(100);
  });

  it('runs the package without a complaint but of what was planted', async () => {
    const { population } = await run('a');
    const warnings = population.people.visitors.flatMap(({ phone }) => phone.warnings);
    expect(warnings.filter((text) => !/expired|filtered|denied/.test(text))).toEqual([]);
  });
});
