import { beforeEach, describe, expect, it, vi } from 'vitest';
import { mirror } from '../../src/plugins/mirror';
import type { Plugin } from '../../src/types/plugin';
import { ENDPOINT, startTracker } from '../helpers/fakeHostTracker';

const LAKE = 'https://lake.example.com/rows';

beforeEach(() => {
  vi.useFakeTimers();
});

// Not beside the others of `mirror`: what a plugin sees of the queue has short names in the minified files.
describe('mirror', () => {
  it('lets a plugin see what waits for the first endpoint', () => {
    let waiting: readonly { readonly line: string }[] = [];
    const looks: Plugin = {
      name: 'looks',
      setup({ pipe, later }) {
        later(() => {
          waiting = pipe().queue.entries;
        });
      },
    };
    const { tracker } = startTracker([mirror({ endpoint: LAKE }), looks], { options: { endpoint: ENDPOINT } });
    tracker.track('a');
    tracker.stats();
    expect(waiting.map(({ line }) => JSON.parse(line).name)).toEqual(['a']);
  });
});
