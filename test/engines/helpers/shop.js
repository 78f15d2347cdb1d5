import { bundleCore } from '../../helpers/bundleCore.mjs';
import { createDevice, createWorld } from '../../helpers/device.mjs';
import { send } from './send.js';

const STEP_MS = 50;

/**
 * A phone in simulated time whose requests are real ones. Time stands still while one is on its way, so the engine may
 * take as long as it needs.
 */
export const openShop = async (endpoint, seed) => {
  const world = createWorld(seed);
  const core = await bundleCore();
  let open = 0;
  const requests = [];
  const server = {
    handle(request, answer) {
      open++;
      requests.push(request);
      void send(request).then((response) => {
        open--;
        answer(response, 1);
      });
    },
  };
  const device = createDevice(world, core, server);
  const { now } = device;
  // As a phone's clock has it: whole milliseconds.
  device.now = () => Math.floor(now());
  const shop = {
    world,
    device,
    requests,
    warnings: [],
    accepted: 0,
    killedInFlight: 0,
    launch(options) {
      const { process } = device;
      if (process) shop.warnings.push(...process.logs);
      device.launch({ endpoint, flushAt: 10, flushIntervalMs: 3000, ...options });
    },
    track(name, properties) {
      shop.accepted++;
      device.process.run(() => device.process.tracker.track(name, properties));
    },
    stats: () => device.process.tracker.stats(),
    /** Simulated time. */
    async pass(ms) {
      for (let left = ms; left > 0; left -= STEP_MS) {
        world.run(Math.min(STEP_MS, left));
        // Promises of the core (`flush`) and answers of the engine.
        do await new Promise((resolve) => setImmediate(resolve));
        while (open);
      }
    },
    /** Dies after a request left, unless the tracker waits, and before the answer is there. */
    async killInFlight() {
      shop.track('last', { n: shop.accepted });
      // Longer than the kill window, shorter than the interval of sending.
      await shop.pass(1200);
      device.process.run(() => void device.process.tracker.flush());
      world.run(1);
      if (open) shop.killedInFlight++;
      device.process.kill();
      await shop.pass(STEP_MS);
    },
    /** Until nothing waits, or an hour has passed. What earlier launches left is read some time after the launch. */
    async drain() {
      for (let minutes = 0; minutes < 60 && (!minutes || shop.stats().waiting); minutes++) await shop.pass(60_000);
      return shop.stats();
    },
  };
  return shop;
};

/** Launches, taps, kills with a request on its way, and at last all that waits. */
export const runShop = async (shop, { launches, eventsPerLaunch }) => {
  const { world } = shop;
  for (let launch = 0; launch < launches; launch++) {
    shop.launch();
    for (let i = 0; i < eventsPerLaunch; i++) {
      shop.track(['add_to_cart', 'page_view', 'pay'][i % 3], {
        n: shop.accepted,
        sku: `生日蛋糕 ${i}`,
        price: 19.9,
        nested: { deep: [1, null] },
      });
      await shop.pass(world.between(0, 400));
    }
    await shop.pass(world.between(1000, 6000));
    await shop.killInFlight();
  }
  shop.launch();
  return shop.drain();
};
