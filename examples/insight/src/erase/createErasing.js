import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../journal/syncFolder.js';
import { writeDurably } from '../journal/writeDurably.js';
import { createLock } from '../store/createLock.js';
import { eraseFromJournal } from './eraseFromJournal.js';

/**
 * @typedef {object} Ids Of one person.
 * @property {string[]} anonymousIds
 * @property {string[]} userIds
 * @property {string[]} unionids
 */

/**
 * Takes a person out of the journal and the database. What is to be done is written down first, so that a kill in
 * between is caught up with at the next start.
 *
 * A collector erases from its own journal; with several, each has to be called.
 *
 * @param {object} parts
 * @param {import('../journal/createJournal.js').Journal} parts.journal
 * @param {any} parts.store
 * @param {import('../loader/createLoading.js').Loading} parts.loading
 * @param {string} parts.dataFolder
 */
export const createErasing = ({ journal, store, loading, dataFolder }) => {
  const pending = join(dataFolder, 'erasing.json');
  const lock = createLock();

  const carryOut = async (/** @type {Ids} */ ids) => {
    // All files but a new one are at rest then, and the loader is through with them: their length may change.
    await journal.rotate();
    await loading.settle();
    const events = await eraseFromJournal(journal.folder, journal.end().file, ids);
    await store.loader.erase(ids);
    rmSync(pending, { force: true });
    syncFolder(dataFolder);
    return { installations: ids.anonymousIds.length, events };
  };

  return {
    /**
     * @param {string} id Any id of the person: an anonymous id, a login, a unionid.
     * @returns {Promise<{ installations: number, events: number }>} What was taken out of the journal.
     */
    erase: (id) =>
      lock(async () => {
        await loading.settle();
        const known = await store.loader.person(id);
        /** @type {Ids} */
        const ids = known.anonymousIds.length > 0 ? known : { anonymousIds: [id], userIds: [], unionids: [] };
        writeDurably(pending, JSON.stringify(ids));
        return carryOut(ids);
      }),
    /** Runs a task while nobody is being erased: what it reads of a person is not gone before it ends. */
    apart: lock,
    /** Ends what a kill interrupted. */
    finish: () =>
      lock(async () => {
        if (existsSync(pending)) await carryOut(JSON.parse(readFileSync(pending, 'utf8')));
      }),
  };
};
