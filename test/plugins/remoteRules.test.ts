import { beforeEach, describe, expect, it, vi } from 'vitest';
import { json } from '../../src/formats/json';
import { type RemoteAnswer, type RemoteRule, type RemoteRulesOptions, remoteRules } from '../../src/plugins/remoteRules';
import { remoteSwitch } from '../../src/plugins/remoteSwitch';
import type { HttpResponse } from '../../src/types/adapter';
import { ENDPOINT, flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

const DAY_MS = 86_400_000;
let warnings: () => string[];
let answer: Partial<HttpResponse>;
const says = (minitrail: unknown): void => {
  answer = { body: JSON.stringify({ minitrail }) };
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date('2026-01-01T08:00:00Z'));
  warnings = spyOnWarnings();
  answer = {};
});

const rule = (id: string, more: Partial<RemoteRule> = {}): RemoteRule => ({
  id,
  when: { event: 'x' },
  cooldownMs: 1000,
  then: 'show',
  ...more,
});

const launch = (values = new Map<string, string>(), options: Partial<RemoteRulesOptions> = {}) => {
  const shown: string[] = [];
  const remote = remoteRules({
    handlers: { show: () => void shown.push('show'), other: () => void shown.push('other') },
    ...options,
  });
  const world = startTracker([remote], {
    values,
    options: { endpoint: { url: ENDPOINT, format: remote.reads(json()) } },
    answer: () => answer,
  });
  const hear = async (): Promise<void> => {
    world.tracker.track('asks');
    await flushed(world.tracker);
    answer = {};
  };
  /** What is shown at the next event of the rules. */
  const meet = async (): Promise<string[]> => {
    await vi.advanceTimersByTimeAsync(1000);
    world.tracker.track('x');
    await vi.advanceTimersByTimeAsync(0);
    return shown.splice(0);
  };
  return { ...world, values, remote, hear, meet, shown };
};

describe('remoteRules', () => {
  it('uses the rules of an answer in place of those before', async () => {
    const { hear, meet } = launch(undefined, { rules: [rule('own')] });
    expect(await meet()).toEqual(['show']);
    says({ rules: [rule('a', { then: 'other' }), rule('b', { then: 'other' })] });
    await hear();
    expect(await meet()).toEqual(['other', 'other']);
    says({ rules: [] });
    await hear();
    expect(await meet()).toEqual([]);
    says({});
    await hear();
    expect(await meet()).toEqual(['show']);
  });

  it('keeps them over answers that say nothing, over launches, and for a day', async () => {
    const first = launch();
    says({ rules: [rule('a')] });
    await first.hear();
    await first.hear();
    await flushed(first.tracker);
    first.tracker.destroy();
    const second = launch(first.values);
    expect(await second.meet()).toEqual(['show']);
    await vi.advanceTimersByTimeAsync(DAY_MS);
    expect(await second.meet()).toEqual([]);
  });

  it('does not trust an answer from a time to come', async () => {
    const { hear, meet } = launch();
    says({ rules: [rule('a')] });
    await hear();
    vi.setSystemTime(Date.now() - DAY_MS);
    expect(await meet()).toEqual([]);
  });

  it('keeps cool-downs over answers, and a rule that comes again', async () => {
    const { hear, meet } = launch();
    const slow = rule('slow', { cooldownMs: DAY_MS });
    for (const [rules, shown] of [
      [[slow], ['show']],
      [[rule('other')], ['show']],
      [[slow], []],
    ]) {
      says({ rules });
      await hear();
      expect(await meet()).toEqual(shown);
    }
  });

  it('fires for the tags that the server gives to the visitor', async () => {
    const { hear, meet, device, tracker } = launch();
    const rules = [rule('a', { only: { tags: ['vip', 'loyal'] } })];
    for (const [tags, shown] of [
      [undefined, []],
      [['new'], []],
      [['new', 'loyal'], ['show']],
      [[], []],
    ]) {
      says({ rules, tags });
      await hear();
      expect(await meet()).toEqual(shown);
    }
    await flushed(tracker);
    // They do not travel back.
    expect(JSON.stringify(device.bodies())).not.toContain('loyal');
  });

  it('forgets rules and tags with the visitor', async () => {
    const { hear, meet, tracker } = launch();
    says({ rules: [rule('a')] });
    await hear();
    tracker.reset();
    expect(await meet()).toEqual([]);
  });

  it.each([null, undefined, {}, { handlers: null }, { handlers: {}, rules: 'r' }])('given %j loses no event', (options) => {
    const { tracker } = startTracker([remoteRules(options as never)]);
    tracker.track('x');
    expect(tracker.stats()).toMatchObject({ accepted: 1, waiting: 1, dropped: {} });
  });

  it('takes an answer of your own request', async () => {
    const { meet, remote } = launch();
    remote.take({ rules: [rule('a')] });
    expect(await meet()).toEqual(['show']);
  });

  it('names the rules that it cannot use, and uses the others', async () => {
    const { meet, remote } = launch();
    const rules = [
      rule('good'),
      rule('unknown', { then: 'constructor' }),
      rule('with blank'),
      { id: 'no_event', then: 'show' },
      null,
    ];
    remote.take({ rules } as RemoteAnswer);
    expect(await meet()).toEqual(['show']);
    expect(warnings().map((text) => text.split('[object')[0]?.trim())).toEqual([
      '[minitrail] E64 unknown',
      '[minitrail] E64 with blank',
      '[minitrail] E64 no_event',
      '[minitrail] E64 undefined null',
    ]);
  });

  it.each([
    ['times of 0', { when: { event: 'x', times: 0 } }],
    ['times of 21', { when: { event: 'x', times: 21 } }],
    ['times that are text', { when: { event: 'x', times: '2' } }],
    ['a withinMs below 0', { when: { event: 'x', withinMs: -1 } }],
    ['a value of where that is null', { when: { event: 'x', where: { sku: null } } }],
    ['an unless without event', { unless: { by: 'sku' } }],
    ['an unless with a withinMs that is text', { unless: { event: 'y', withinMs: '1' } }],
    ['a cooldownMs that is no number', { cooldownMs: Number.NaN }],
    ['a cooldownMs below 0', { cooldownMs: -1 }],
    ['a holdout over 1', { holdout: 1.1 }],
    ['a holdout below 0', { holdout: -0.1 }],
    ['no event', { when: {} }],
    ['no id', { id: undefined }],
    ['no when', { when: undefined }],
    ['no then', { then: undefined }],
    ['a value of only that is null', { only: { tags: null } }],
  ])('refuses a rule with %s, says so, and goes by the others', async (_, members) => {
    const { meet, remote } = launch();
    remote.take({ rules: [{ ...rule('bad'), ...members }, null, rule('good')] } as unknown as RemoteAnswer);
    expect(await meet()).toEqual(['show']);
    expect(warnings()).toContainEqual(expect.stringContaining(`E64 ${'id' in members ? members.id : 'bad'}`));
  });

  it('takes a rule at the ends of its ranges', async () => {
    const { meet, remote } = launch();
    const least = {
      when: { event: 'x', times: 1, withinMs: 0 },
      unless: { event: 'y', withinMs: 0 },
      cooldownMs: 0,
      holdout: 0,
    };
    const most = { when: { event: 'x', times: 20 }, holdout: 1 };
    remote.take({ rules: [rule('least', least), rule('most', most)] });
    expect(await meet()).toEqual(['show']);
    expect(warnings()).toEqual([]);
  });

  it('uses an answer at once, and for less than a day', async () => {
    const { tracker, meet, remote, shown } = launch();
    remote.take({ rules: [rule('a', { cooldownMs: 0 })] });
    tracker.track('x');
    await vi.advanceTimersByTimeAsync(0);
    expect(shown.splice(0)).toEqual(['show']);
    await vi.advanceTimersByTimeAsync(DAY_MS - 1001);
    expect(await meet()).toEqual(['show']);
    remote.take({ rules: [rule('a', { cooldownMs: 0 })] });
    await vi.advanceTimersByTimeAsync(DAY_MS - 1000);
    expect(await meet()).toEqual([]);
  });

  it('stands an answer of the app that is no JSON, and says so', async () => {
    const { meet, remote } = launch();
    remote.take({ rules: [rule('a')] });
    const rules: unknown[] = [];
    rules.push(rules);
    remote.take({ rules } as unknown as RemoteAnswer);
    expect(await meet()).toEqual(['show']);
    expect(warnings()).toEqual([expect.stringContaining('E1 remoteRules')]);
  });

  it('shows the rules of an answer to debug', () => {
    const note = vi.fn();
    const remote = remoteRules({ handlers: { show: () => undefined } });
    startTracker([remote], { options: { debug: { explain: () => '', note } } });
    remote.take({ rules: [rule('a')] });
    expect(note).toHaveBeenCalledWith('rules', [rule('a')]);
  });

  it('takes null for what is left out, as some servers write it', async () => {
    const { meet, remote } = launch();
    remote.take(
      JSON.parse(`{ "rules": [{ "id": "r", "when": { "event": "x", "by": null, "times": null, "withinMs": null, "where": null, "session": null },
        "unless": null, "on": null, "only": null, "cooldownMs": null, "holdout": null, "then": "show" },
        { "id": "u", "when": { "event": "y" }, "unless": { "event": "x", "by": null, "withinMs": null }, "then": "show" }], "tags": null }`),
    );
    expect(await meet()).toEqual(['show']);
    await vi.advanceTimersByTimeAsync(DAY_MS / 2);
    expect(await meet()).toEqual([]);
    expect(warnings()).toEqual([]);
  });

  it.each([
    ['no list', { rules: 'all' }],
    ['too much', { tags: ['x'.repeat(3500)] }],
  ])('leaves an answer with %s, and says so', async (_, given) => {
    const { meet, remote } = launch();
    remote.take({ rules: [rule('a')] });
    remote.take(given as unknown as RemoteAnswer);
    expect(await meet()).toEqual(['show']);
    expect(warnings().join()).toContain('E64 answer');
  });

  it('uses 20 rules and names the others', async () => {
    const { meet, remote } = launch();
    remote.take({ rules: Array.from({ length: 22 }, (_, i) => rule(`r${i}`)) });
    expect(await meet()).toHaveLength(20);
    expect(warnings().map((text) => text.slice(12, 19))).toEqual(['E64 r20', 'E64 r21']);
  });

  it('stands all that it may remember', async () => {
    const { meet, remote, tracker, values } = launch();
    const rules = Array.from({ length: 20 }, (_, i) =>
      rule(`r${i}`.padEnd(64, 'r'), { when: { event: 'x', by: 'sku', times: 20 } }),
    );
    remote.take({ rules: rules.slice(0, 18), tags: ['vip'] });
    for (let i = 0; i < 60; i++) tracker.track('x', { sku: `${i % 30}`.padEnd(200, '"') });
    await meet();
    await flushed(tracker);
    expect(JSON.stringify([...values.values()])).toContain('vip');
    expect(warnings()).toEqual([]);
  });

  it('shares an answer with remoteSwitch', async () => {
    const then = vi.fn();
    const remote = remoteRules({ handlers: { show: then } });
    const gate = remoteSwitch();
    const { tracker } = startTracker([remote, gate], {
      options: { endpoint: { url: ENDPOINT, format: gate.reads(remote.reads(json())) } },
      answer: () => answer,
    });
    says({ rules: [rule('a')], disabledEvents: ['y'] });
    tracker.track('asks');
    await flushed(tracker);
    tracker.track('x');
    tracker.track('y');
    await vi.advanceTimersByTimeAsync(0);
    expect(then).toHaveBeenCalledTimes(1);
    expect(tracker.stats().dropped).toEqual({ filtered: 1 });
    expect(warnings()).toEqual(['[minitrail] E22 filtered y']);
  });
});
