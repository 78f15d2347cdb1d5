/** The `error` of a format whose option is missing; `undefined` when it is there. */
export const missing = (format: string, option: string, value: unknown): string | undefined =>
  value && typeof value === 'string'
    ? undefined
    : `${format}({ ${option} }) needs its ${option}, a string; events are kept, not sent.`;
