import { afterEach, vi } from 'vitest';

// What a test put in the place of clocks, globals and methods goes with it.
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
