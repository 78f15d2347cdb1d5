/** What `debug()` of `minitrail/debug` gives to the tracker. */
export interface Debug {
  /** What the number of a warning means and what to do. */
  explain(code: number, subject: string): string;
  /** Told of each plugin: what is wrong with its options, by `plugin.option` and the value. */
  check(plugin: {
    readonly name: string;
    readonly options?: object | undefined;
  }): readonly (readonly [option: string, value: unknown])[];
  /** Told of what happens: the start, each event as it leaves, each answer and wait. */
  note(what: string, value?: unknown): void;
}
