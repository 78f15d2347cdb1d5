/** The number, where it is one from `min` to `max`; else the default. */
export const within = (value: unknown, min: number, max: number, fallback: number): number =>
  (value as number) >= min && (value as number) <= max ? +(value as number) : fallback;
