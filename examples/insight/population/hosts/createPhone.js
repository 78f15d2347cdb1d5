import { createLot } from '../random.js';
import { createProcess } from './createProcess.js';

const ZONE_MS = 8 * 3_600_000;

/** `Date` on a phone's clock, which may be wrong, in the zone of the phone and not of this machine. */
const dateOf = (now) =>
  class extends Date {
    constructor(...given) {
      if (given.length) super(...given);
      else super(now());
    }
    static now() {
      return now();
    }
    toDateString() {
      return new Date(this.getTime() + ZONE_MS).toUTCString().slice(0, 16);
    }
  };

/**
 * A phone with one mini-program on it. Storage outlives the processes; `launch` starts one.
 *
 * @param {object} given
 * @param {ReturnType<typeof import('../world.js').createWorld>} given.world
 * @param {(phone: object, process: object) => object} given.createApi The host's API object.
 * @param {string} given.apiName
 * @param {string} given.seed
 * @param {number} given.clockOffset How far the phone's clock is ahead.
 * @param {(body: string, lot: object, done: (ok: boolean) => void) => void} given.send Carries a request to the collector.
 * @param {object} given.facts What the host says of app and device.
 */
export const createPhone = ({ world, createApi, apiName, seed, clockOffset, send, facts }) => {
  const lot = createLot(seed);
  const now = () => world.now + clockOffset;
  const warnings = [];
  const phone = {
    storage: new Map(),
    network: 'wifi',
    facts,
    now,
    math: Object.assign(Object.create(Math), { random: lot.next }),
    HostDate: dateOf(now),
    /** What the package warned of. */
    warnings,
    console: { log() {}, warn: (text) => warnings.push(text) },
    launch(run, entry) {
      const process = createProcess({ world, phone, send, lot });
      process.load(run, entry, apiName, createApi(phone, process));
      return process;
    },
  };
  return phone;
};
