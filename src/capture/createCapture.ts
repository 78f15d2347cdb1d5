import { BAD_NAME, NOT_JSON } from '../codes';
import type { Captured } from '../createCore';
import type { EventType } from '../types/event';
import { cut } from '../utils/cut';
import type { Log } from '../utils/log';
import { snapshot } from './snapshot';

const MAX_NAME = 256;

export interface Capture {
  /** The event as it is at this moment: later changes of what was given do not reach it. */
  (type: EventType, name: unknown, properties?: unknown, durable?: boolean, ts?: number): Captured;
  /** Puts properties on every later event, but for those on the visitor. */
  register(properties: object): void;
  unregister(key: string): void;
  clear(): void;
}

/** Turns a call into an event, at once and no further: what is costly waits. */
export const createCapture = (log: Log): Capture => {
  let registered: Record<string, unknown> = {};

  const nameOf = (name: unknown): string => {
    const text = typeof name === 'string' ? name.trim() : '';
    if (text && text.length <= MAX_NAME) return text;
    log.warn(BAD_NAME, cut(text || typeof name, 40));
    return cut(text, MAX_NAME);
  };
  const registeredNow = (): object => {
    const values: Record<string, unknown> = {};
    for (const key of Object.keys(registered)) {
      const value = registered[key];
      values[key] = typeof value === 'function' ? log.guard(`register ${key}`, () => value()) : value;
    }
    return values;
  };
  const capture = (type: EventType, given: unknown, properties: unknown = {}, durable?: boolean, ts = Date.now()): Captured => {
    const name = nameOf(given);
    const fault = (what: string): void => log.warn(NOT_JSON, `${name}: ${what}`);
    // What is said of a visitor is not mixed with what is said of events.
    const isOfVisitor = type === 'identify' || type === 'profile';
    const text = log.guard(`track ${name}`, () =>
      snapshot(properties === null ? {} : properties, fault, isOfVisitor ? {} : registeredNow()),
    );
    return { type, name, ts, text, durable };
  };
  return Object.assign(capture, {
    register(properties: object) {
      for (const key of Object.keys(properties)) {
        log.guard(`register ${key}`, () => {
          registered[key] = (properties as Record<string, unknown>)[key];
        });
      }
    },
    unregister(key: string) {
      delete registered[key];
    },
    clear() {
      registered = {};
    },
  });
};
