import { afterEach, expect } from 'vitest';
import { takeInvalid } from './validBatches.mjs';

// A throw inside a request would be caught by the tracker, as it must; so the test is failed from here.
afterEach(() => {
  expect(takeInvalid()).toEqual([]);
});
