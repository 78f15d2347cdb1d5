import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { journalFiles } from '../journal/journalFiles.js';
import { linesOf } from '../journal/linesOf.js';
import { loadHalves } from './loadHalves.js';

/**
 * Some 130,000 to 200,000 events. From 122,880 rows on, DuckDB packs the columns at once and writes them to their place; fewer are
 * written to its log first and packed at a checkpoint, with what was there before: twice the work.
 */
export const BYTES_OF_BACKLOG = 64 * 1024 * 1024;

/**
 * All lines of a journal, a file or a folder, into a store. Where it was loaded before, the events are known.
 *
 * @param {import('../store/store.js').Store} store
 * @param {string} path
 * @param {(progress: { bytes: number, of: number }) => void} [onProgress]
 */
export const loadJournal = async (store, path, onProgress) => {
  const files = statSync(path).isDirectory() ? journalFiles(path).map((name) => join(path, name)) : [path];
  const of = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const total = { events: 0, repeats: 0, unreadable: 0 };
  let bytes = 0;
  /** @type {string[]} */
  let lines = [];
  let waiting = 0;
  /** @type {import('./duckdbLoader.js').JournalPosition | undefined} Where the journal goes on. */
  let next;
  const load = async () => {
    if (lines.length === 0) return;
    const loaded = await loadHalves(store, lines);
    total.events += loaded.events;
    total.repeats += loaded.repeats;
    total.unreadable += loaded.unreadable;
    bytes += waiting;
    lines = [];
    waiting = 0;
    onProgress?.({ bytes, of });
  };
  for (const file of files) {
    for await (const line of linesOf(file)) {
      if (!line) continue;
      lines.push(line);
      waiting += Buffer.byteLength(line) + 1;
      if (waiting >= BYTES_OF_BACKLOG) await load();
    }
    next = { file: basename(file), offset: statSync(file).size };
  }
  await load();
  return { ...total, next };
};
