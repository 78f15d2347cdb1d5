/** The `error` of a format whose option is missing: how it is called, for the console. `undefined` when it is there. */
export const missing = (format: string, option: string, value: unknown): string | undefined =>
  value && typeof value === 'string' ? undefined : `${format}({ ${option} })`;
