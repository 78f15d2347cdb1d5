import { expect, test } from 'vitest';
import { createTicker } from '../src/createTicker.js';

const timeouts = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

test('ticks without keeping the process alive, and tells what failed', async () => {
  let ticks = 0;
  const ticker = createTicker(1, async () => {
    ticks += 1;
    throw new Error(`tick ${ticks}`);
  });
  const failures = [];
  await new Promise((resolve) => {
    const before = timeouts();
    ticker.start((error) => {
      failures.push(error.message);
      if (failures.length === 2) resolve();
    });
    expect(timeouts()).toBe(before);
    // Something has to keep this test alive.
    const alive = setInterval(() => failures.length >= 2 && clearInterval(alive), 5);
  });
  await ticker.stop();
  expect(failures.slice(0, 2)).toEqual(['tick 1', 'tick 2']);
  const last = ticks;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(ticks).toBe(last);
});

test('a stop is told at once, and waits for what runs', async () => {
  const ticker = createTicker(1000, async () => {});
  const order = [];
  let end;
  const running = ticker.lock(() => new Promise((resolve) => (end = resolve)).then(() => order.push('ended')));
  const stopped = ticker.stop().then(() => order.push('stopped'));
  expect(ticker.signal.aborted).toBe(true);
  await new Promise(setImmediate);
  end();
  await Promise.all([running, stopped]);
  expect(order).toEqual(['ended', 'stopped']);
});
