import { setTimeout as sleep } from 'node:timers/promises';
import { createDevice, createNodeHost } from '../../examples/simulator/host/node.mjs';
import { checkBatch } from '../helpers/validBatches.mjs';
import { startCollector } from '../simulator/collectorServer.js';

const POLL_MS = 5;
const PATIENCE_MS = 2000;

/** In the order of capture. */
const inOrder = (lines) => [...lines].sort((a, b) => a.boot - b.boot || a.seq - b.seq);

/**
 * The shop on a phone, sending over real HTTP to a real collector.
 *
 * @param {object} project the compiled shop
 */
export const startShop = async (project) => {
  const collector = await startCollector();
  const device = createDevice();
  const errors = [];
  let host;

  const shop = {
    device,
    collector,
    errors,
    get host() {
      return host;
    },
    /** A launch. After a kill it is the next one of the same installation. */
    async launch(options = { scene: 1011 }) {
      host = await createNodeHost({ project, device, extConfig: { endpoint: `${collector.url}/v1/events`, heldOut: 0 } });
      host.on('request', ({ body }) => checkBatch(body));
      host.on('error', ({ message }) => errors.push(message));
      await host.launch(options);
    },
    async tap(...selectors) {
      for (const selector of selectors) await host.tap(selector);
    },
    stats: () => host.app().tracker.stats(),
    async until(isTrue) {
      for (let waited = 0; !isTrue(shop.stats()); waited += POLL_MS) {
        if (waited > PATIENCE_MS) throw new Error(`still: ${JSON.stringify(shop.stats())}`);
        await sleep(POLL_MS);
      }
    },
    /** To the background, until what leaves at that moment is answered. */
    async hide() {
      await host.hide();
      await shop.until(({ state }) => state !== 'sending');
    },
    /** What the collector has in its file once nothing waits on the phone any more. */
    async arrived() {
      await host.app().tracker.flush();
      await shop.until(({ waiting }) => waiting === 0);
      return inOrder(collector.lines());
    },
    async close() {
      host.kill();
      await collector.close();
    },
  };
  await shop.launch();
  return shop;
};

/** What the tracker sees or measures by itself, whenever it gets round to it. */
const OBSERVED = ['exposure', 'experiment_exposure', 'page_performance'];

/** Whether somebody, or the app, did it: such events have a fixed order. */
export const isAct = ({ name }) => !OBSERVED.includes(name);

/** `page_view pages/home/index`: an event and the page or element it is about. */
export const headline = ({ name, properties: { path, element_id } }) => [name, element_id ?? path].filter(Boolean).join(' ');
