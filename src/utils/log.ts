import { BAD_DEBUG, THREW } from '../codes';
import type { Debug } from '../types/debug';

export interface Log {
  /** Told to `debug()`; nothing without it. */
  note(what: string, value?: unknown): void;
  /** Written once for each code and subject. */
  warn(code: number, subject?: string, value?: unknown): void;
  /** Runs `run`. A throw of ours or of a callback must not reach the app: it is named on the console, once. */
  guard<T>(where: string, run: () => T): T | undefined;
}

/** Warnings are numbers with a subject; `debug` has their texts. */
export const createLog = (debug?: Debug): Log => {
  const { explain, note = () => undefined } = Object(debug) as Partial<Debug>;
  const told = new Set<string>();
  const warn: Log['warn'] = (code, subject = '', value = '') => {
    const short = `E${code} ${subject}`;
    if (told.has(short)) return;
    told.add(short);
    console.warn(`[minitrail] ${short}${explain ? `: ${explain(code, subject)}` : ''}`, value);
  };
  if (debug && !explain) warn(BAD_DEBUG);
  return {
    note,
    warn,
    guard(where, run) {
      try {
        return run();
      } catch (error) {
        warn(THREW, where, error);
        return undefined;
      }
    },
  };
};
