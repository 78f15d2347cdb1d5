import type { Properties, TrackEvent } from './event';
import type { HostSource } from './host';

export interface PluginContext {
  /** A plugin that listens to pages calls `instrument(host)` first. */
  readonly host: HostSource;
  /** Tracks an event of type `auto`. */
  track(name: string, properties?: Properties): void;
}

export interface Plugin {
  readonly name: string;
  /** Runs once, inside `createTracker`. May return how to stop. */
  setup?(context: PluginContext): (() => void) | void;
  /** Returns the event, a changed copy, or `null` to drop it. Runs for every event, in the order of the plugins. */
  enrich?(event: TrackEvent): TrackEvent | null;
}

/** Falsy entries and nested lists are allowed, so that `isProd && tap()` reads naturally. */
export type PluginList = readonly (Plugin | PluginList | false | null | undefined | 0 | '')[];
