import { readLines } from '../journal/readLines.js';
import { loadHalves } from './loadHalves.js';
import { BYTES_OF_BACKLOG } from './loadJournal.js';

const INTERVAL_MS = 250;
const RETRY_MS = 1000;
/** One transaction: large enough to be fast, small enough to be seen within a second. */
const BYTES_PER_LOAD = 8 * 1024 * 1024;

/** How much to load at once: of a backlog a piece that fills row groups, else what is there. */
const bytesOfPiece = (
  /** @type {import('./duckdbLoader.js').JournalPosition | undefined} */ from,
  /** @type {import('./duckdbLoader.js').JournalPosition} */ end,
) => {
  const isLittle = from?.file === end.file && end.offset - from.offset < BYTES_OF_BACKLOG;
  return isLittle ? BYTES_PER_LOAD : BYTES_OF_BACKLOG;
};

/**
 * Brings the journal into the store, a piece each quarter of a second, without a break while there is more.
 *
 * @param {object} options
 * @param {import('../journal/createJournal.js').Journal} options.journal
 * @param {import('../store/store.js').Store} options.store
 * @param {number} [options.intervalMs]
 * @param {(error: Error) => Promise<void>} [options.onFailure] After a load failed; the next try waits for it.
 */
export const createLoading = ({ journal, store, intervalMs = INTERVAL_MS, onFailure = async () => {} }) => {
  /** @type {Set<(loaded: import('./duckdbLoader.js').Loaded) => void>} */
  const listeners = new Set();
  const totals = { events: 0, repeats: 0, unreadable: 0 };
  /** @type {import('./duckdbLoader.js').JournalPosition | undefined} */
  let position;
  let isPositionKnown = false;
  /** @type {Promise<boolean> | undefined} */
  let running;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let isStopped = false;
  /** @type {string | undefined} */
  let failure;

  const loadPiece = async () => {
    if (!isPositionKnown) {
      position = await store.loader.position();
      isPositionKnown = true;
    }
    const end = journal.end();
    const piece = await readLines(journal.folder, position, end, bytesOfPiece(position, end));
    if (!piece) return false;
    const loaded = await loadHalves(store, piece.lines, piece.next);
    position = piece.next;
    totals.events += loaded.events;
    totals.repeats += loaded.repeats;
    totals.unreadable += loaded.unreadable;
    for (const listener of listeners) listener(loaded);
    return true;
  };

  /** One piece at a time, also where somebody asks between two ticks. */
  const step = () => {
    running ??= loadPiece().finally(() => {
      running = undefined;
    });
    return running;
  };

  const tick = async () => {
    let wait = intervalMs;
    try {
      while (!isStopped && (await step())) failure = undefined;
    } catch (error) {
      failure = /** @type {Error} */ (error).message.split('\n')[0];
      isPositionKnown = false;
      wait = RETRY_MS;
      await onFailure(/** @type {Error} */ (error));
    }
    if (!isStopped) timer = setTimeout(tick, wait);
  };
  timer = setTimeout(tick, 0);

  return {
    /** What was loaded since the start, and where in the journal the store is. */
    status: () => ({ ...totals, position, end: journal.end(), failure }),
    /** @param {(loaded: import('./duckdbLoader.js').Loaded) => void} listener Called after each load that brought lines. */
    onLoad(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Loads until nothing of the journal is left out. */
    async settle() {
      while (await step());
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      // A failure was told to `onFailure`, or it is the last and nobody waits for its rows.
      await running?.catch(() => undefined);
    },
  };
};

/** @typedef {ReturnType<typeof createLoading>} Loading */
