import fc from 'fast-check';

/** Populations in one fill: the engine plans once for all of them. With the runs more than a thousand of them. */
const BATCH = 13;
export const RUNS = { numRuns: 80 };

/** Small populations of visitors as they are described. */
export const populationsOf = (visitor, maxVisitors) =>
  fc.array(fc.array(visitor, { minLength: 1, maxLength: maxVisitors }), { minLength: BATCH, maxLength: BATCH });
