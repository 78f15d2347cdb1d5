import { setTimeout as sleep } from 'node:timers/promises';

const SLICE_MS = 250;

/**
 * Lets the population visit a running collector. Its days pass `speed` times faster; the collector takes the phones'
 * clocks for wrong ones and puts each visit where it arrives.
 *
 * @param {object} options
 * @param {(receive: (receivedAt: number, body: string, key?: string) => void) => Promise<{ world: any, truth: any, endDay: number }>} options.begin
 * @param {string} options.url
 * @param {string} options.key
 * @param {number} options.speed
 * @param {(part: number, note: string) => void} options.onProgress
 */
export const postLive = async ({ begin, url, key, speed, onProgress }) => {
  let waiting = [];
  // What the collector's own server keeps, of a phone it does not take.
  const { world, truth, endDay } = await begin((_, body, key = 'shop') => key === 'shop' && waiting.push(body));
  await world.runTo(truth.zeroDay);
  waiting = [];
  while (world.now < endDay) {
    await world.runTo(Math.min(endDay, world.now + speed * SLICE_MS));
    const bodies = waiting;
    waiting = [];
    for (const body of bodies) {
      const headers = { 'content-type': 'application/json', 'x-write-key': key };
      const { status } = await fetch(url, { method: 'POST', headers, body });
      if (status >= 400) throw new Error(`the collector answers ${status}`);
    }
    onProgress((world.now - truth.zeroDay) / (endDay - truth.zeroDay), `${truth.visits.length} visits`);
    await sleep(SLICE_MS);
  }
};
