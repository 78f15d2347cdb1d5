import { createDevice, createNodeHost } from '../../../examples/simulator/host/node.mjs';
import { checkBatch } from '../../helpers/validBatches.mjs';
import { startCollector } from '../../simulator/collectorServer.js';

/**
 * Launches a compiled mini-program on the simulator's host, with a collector behind a real server on loopback.
 *
 * @param {object} project what compileProject returns
 * @param {object} [options] for createNodeHost, and `launch`
 */
export const startApp = async (project, { launch = { scene: 1011 }, ...options } = {}) => {
  const collector = await startCollector();
  const errors = [];
  const extConfig = { endpoint: `${collector.url}/v1/events` };
  const host = await createNodeHost({ project, device: createDevice(), extConfig, ...options });
  host.on('request', ({ body }) => checkBatch(body));
  host.on('error', ({ message }) => errors.push(message));
  await host.launch(launch);
  return {
    host,
    errors,
    stats: () => host.app().tracker.stats(),
    /** What is in the collector's file, in the order of capture, after the app sent all it had. */
    async arrived() {
      await host.app().tracker.flush();
      return collector.lines().sort((a, b) => a.boot - b.boot || a.seq - b.seq);
    },
    async close() {
      host.kill();
      await collector.close();
    },
  };
};

/** Each event as `name of where`. */
export const inShort = (events) =>
  events.map(({ name, properties }) => [name, properties.element_id, properties.path].filter(Boolean).join(' '));
