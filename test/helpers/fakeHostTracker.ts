import { vi } from 'vitest';
import { createTracker } from '../../src/createTracker';
import type { Properties, TrackEvent } from '../../src/types/event';
import type { TrackerOptions } from '../../src/types/options';
import type { PluginList, PluginMethods } from '../../src/types/plugin';
import type { FlushResult } from '../../src/types/stats';
import type { Tracker } from '../../src/types/tracker';
import { createFakeHost, type FakeHostOptions } from './fakeHost';
import { createFakeAdapter, type FakeAdapterOptions } from './fakeHostAdapter';

export const ENDPOINT = 'https://collect.example.com/v1/events';

interface World extends FakeHostOptions, Omit<FakeAdapterOptions, 'host'> {
  readonly options?: Partial<TrackerOptions>;
}

/** An app with a tracker on a fake host; its events are read before they enter the queue. */
export const startTracker = (plugins: PluginList = [], { options, ...world }: World = {}) => {
  const host = createFakeHost(world);
  const device = createFakeAdapter({ ...world, host });
  const events: TrackEvent[] = [];
  const tracker = createTracker({
    adapter: device.adapter,
    endpoint: ENDPOINT,
    plugins,
    beforeSend(event) {
      events.push(event);
      return event;
    },
    ...options,
    // A test calls what the plugins that it lists bring.
  }) as Tracker & PluginMethods;
  const last = (name: string): Properties | undefined => events.filter((event) => event.name === name).pop()?.properties;
  return {
    host,
    device,
    tracker,
    events,
    names: () => events.map(({ name }) => name),
    /** `[name, path]` of the events that have a path, for sequences. */
    steps: () => events.map(({ name, properties }) => `${name} ${properties.path ?? ''}`.trim()),
    /** The properties of the last event of this name. */
    last,
    /** The properties without the members that are undefined, as they go out. */
    sent: (name: string) => JSON.parse(JSON.stringify(last(name) ?? null)),
  };
};

/** Flushes while the fake timers run, which storing needs. */
export const flushed = async ({ flush }: Pick<Tracker, 'flush'>): Promise<FlushResult> => {
  const result = flush();
  await vi.advanceTimersByTimeAsync(20);
  return result;
};

/** The console's warnings as text, kept off the test's output. */
export const spyOnWarnings = () => {
  const spy = vi.spyOn(console, 'warn').mockImplementation(() => {});
  return () => spy.mock.calls.map((call) => call.map(String).join(' ').trim());
};
