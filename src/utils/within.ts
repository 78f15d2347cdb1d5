/** The number, where it is one from `min` to `max`; else the default. */
export const within = (value: unknown, min: number, max: number, fallback: number): number =>
  typeof value === 'number' && value >= min && value <= max ? value : fallback;
