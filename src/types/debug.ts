/** What `debug()` of `minitrail/debug` gives to the tracker. */
export interface Debug {
  /** What the number of a warning means and what to do. */
  explain(code: number, subject: string): string;
  /** Told of what happens: the start, each event as it leaves, each drop, answer and wait, rules as they come. */
  note(what: string, value?: unknown): void;
}
