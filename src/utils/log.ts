export interface Log {
  /** Written in `debug` only. */
  debug(message: string, value?: unknown): void;
  /** Written once per message. */
  warn(message: string, value?: unknown): void;
  /** Runs `run`. A throw of ours or of a callback must not reach the app: it is named on the console, once. */
  guard<T>(where: string, run: () => T): T | undefined;
}

export const createLog = (debug: unknown): Log => {
  const told = new Set<string>();
  const write = (level: 'log' | 'warn', message: string, value: unknown = ''): void =>
    console[level](`[minitrail] ${message}`, value);
  const warn: Log['warn'] = (message, value) => {
    if (told.has(message)) return;
    told.add(message);
    write('warn', message, value);
  };
  return {
    debug: (message, value) => {
      if (debug) write('log', message, value);
    },
    warn,
    guard(where, run) {
      try {
        return run();
      } catch (error) {
        warn(`${where} threw; the app goes on:`, error);
        return undefined;
      }
    },
  };
};
