import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Agenda, createAgenda } from '../../src/capture/createAgenda';
import type { Filter } from '../../src/enrich/applyFilters';
import { createLog } from '../../src/utils/log';
import { spyOnWarnings } from '../helpers/fakeHostTracker';

let agenda: Agenda;
let filters: Filter[];
let log: string[];
let warnings: () => string[];
const note = (what: string) => () => void log.push(what);
const steps = () => log.splice(0);

beforeEach(() => {
  vi.useFakeTimers();
  warnings = spyOnWarnings();
  filters = [];
  log = [];
  agenda = createAgenda(createLog(), filters);
});

describe('createAgenda', () => {
  it('runs what was put off in order, in one later turn', () => {
    agenda.later(note('a'));
    agenda.later(note('b'));
    expect(steps()).toEqual([]);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(0);
    expect(steps()).toEqual(['a', 'b']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('runs what is urgent at once, after all that was put off before', () => {
    agenda.later(note('a'));
    agenda.later(note('b'), true);
    expect(steps()).toEqual(['a', 'b']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('runs all at once where a filter looks on', () => {
    filters.push((event) => event);
    agenda.later(note('a'));
    expect(steps()).toEqual(['a']);
  });

  it('leaves what comes up while it runs, urgent or not, to the next turn', () => {
    agenda.later(() => {
      agenda.later(note('within'), true);
      agenda.run();
      log.push(`running ${agenda.isRunning()}`);
    });
    agenda.later(note('b'));
    agenda.run();
    expect(steps()).toEqual(['running true', 'b']);
    expect(agenda.isRunning()).toBe(false);
    vi.advanceTimersByTime(0);
    expect(steps()).toEqual(['within']);
  });

  it('goes on after one that throws, and names it', () => {
    agenda.later(() => {
      throw new Error('not ready');
    });
    agenda.later(note('b'));
    agenda.run();
    expect(steps()).toEqual(['b']);
    expect(warnings().join()).toMatch(/E1 later .*not ready/);
  });

  it('comes so much later once, also for what was put off before', () => {
    agenda.later(note('a'));
    agenda.delay(200);
    vi.advanceTimersByTime(199);
    expect(steps()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(steps()).toEqual(['a']);
    agenda.later(note('b'));
    vi.advanceTimersByTime(0);
    expect(steps()).toEqual(['b']);
  });
});
