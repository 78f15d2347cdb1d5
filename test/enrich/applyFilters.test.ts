import { beforeEach, describe, expect, it } from 'vitest';
import { applyFilters, type Filter } from '../../src/enrich/applyFilters';
import { createLog } from '../../src/utils/log';
import { spyOnWarnings } from '../helpers/fakeHostTracker';

const EVENT = { id: 'e1', boot: 1, seq: 0, type: 'track', name: 'looked', ts: 5, session_id: 's1', properties: { sku: 'A1' } };
const LINE = JSON.stringify(EVENT);
let warnings: () => string[];

/** The event that leaves when the filters are these; `undefined` when it is dropped. */
const filtered = (...filters: ((event: Record<string, unknown>) => unknown)[]) => {
  const line = applyFilters(LINE, filters as unknown as Filter[], createLog());
  return line && JSON.parse(line);
};

beforeEach(() => {
  warnings = spyOnWarnings();
});

describe('applyFilters', () => {
  it('gives each filter what the one before it left', () => {
    const left = filtered(
      (event) => ({ ...event, properties: { n: 1 } }),
      ({ properties, ...event }) => ({ ...event, properties: { ...(properties as object), m: 2 } }),
    );
    expect(left).toEqual({ ...EVENT, properties: { n: 1, m: 2 } });
  });

  it('lets an answer say name, type, time and session anew, and never what tells the event apart', () => {
    const said = { name: 'seen', type: 'auto', ts: 9, session_id: 's2' };
    expect(filtered((event) => ({ ...event, ...said, id: 'e2', boot: 2, seq: 7 }))).toEqual({ ...EVENT, ...said });
  });

  it('drops the event for null without a word', () => {
    expect(filtered(() => null)).toBeUndefined();
    expect(warnings()).toEqual([]);
  });

  it.each([[undefined], [false], [true], [0], [7], [''], ['text'], [Promise.resolve(EVENT)]])(
    'drops the event for the answer %s, and says so',
    (answer) => {
      expect(filtered(() => answer)).toBeUndefined();
      expect(warnings().map((each) => each.slice(0, 22))).toEqual(['[minitrail] E13 looked']);
    },
  );

  it('has no property where the answer has none, as they may have been taken out', () => {
    expect(filtered(() => ({ name: 'other' }))).toEqual({ ...EVENT, name: 'other', properties: {} });
    expect(filtered(() => ({ properties: null }))).toEqual({ ...EVENT, properties: {} });
    expect(warnings()).toEqual([]);
  });

  it.each([[['A1']], [[]], ['text'], [7], [true], [new Map()]])('takes no properties for %j, and says so', (properties) => {
    expect(filtered((event) => ({ ...event, properties }))).toEqual({ ...EVENT, properties: {} });
    expect(warnings().map((each) => each.trim())).toEqual(['[minitrail] E7 looked: properties']);
  });

  it.each([
    ['another event', () => ({ properties: { n: 2 } })],
    ['a throw', () => JSON.parse('{')],
  ])('goes by the members of an answer whose toJSON gives %s', (_, toJSON) => {
    const answer = { ...EVENT, properties: { n: 1 }, toJSON };
    expect(filtered(() => answer)).toEqual({ ...EVENT, properties: { n: 1 } });
    expect(warnings()).toEqual([]);
  });

  it('names what JSON cannot carry of an answer', () => {
    expect(filtered((event) => ({ ...event, properties: { run: () => 1 } }))).toEqual({ ...EVENT, properties: {} });
    expect(warnings()).toEqual(['[minitrail] E7 looked: function']);
  });
});
