/**
 * How the endpoint answers: `ok`; an error status; `hang` (no answer at all); `lost` (the batch is taken and
 * the answer is not delivered, which is where repeats come from).
 *
 * @typedef {'ok' | '500' | '403' | '429' | 'hang' | 'lost'} Mode
 */

/** @type {readonly Mode[]} */
export const MODES = ['ok', '500', '403', '429', 'hang', 'lost'];

/** @param {unknown} value @returns {value is Mode} */
export const isMode = (value) => MODES.some((mode) => mode === value);

const RETRY_AFTER_SECONDS = 5;

/** @type {Partial<Record<Mode, { status: number, message: string, headers?: Record<string, string> }>>} */
const ANSWERS = {
  500: { status: 500, message: 'simulated: internal error' },
  403: { status: 403, message: 'simulated: forbidden' },
  429: {
    status: 429,
    message: `simulated: too many requests, come back in ${RETRY_AFTER_SECONDS} s`,
    headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
  },
};

/** A switch on the endpoint, to see what the tracker does when the server misbehaves. */
export const createFaults = () => {
  /** @type {Mode} */
  let mode = 'ok';
  /** @type {Set<import('node:http').ServerResponse>} */
  const hanging = new Set();
  const release = () => {
    for (const res of hanging) res.destroy();
    hanging.clear();
  };

  return {
    get mode() {
      return mode;
    },
    set mode(next) {
      mode = next;
      if (next !== 'hang') release();
    },
    /**
     * @param {import('node:http').ServerResponse} res Kept open, unanswered, in mode `hang`.
     * @returns {'hang' | { status: number, message: string, headers?: Record<string, string> } | null} `null`: answer honestly.
     */
    answer(res) {
      if (mode !== 'hang') return ANSWERS[mode] ?? null;
      hanging.add(res);
      res.on('close', () => hanging.delete(res));
      return 'hang';
    },
    close: release,
  };
};
