import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { journalFiles } from '../journal/journalFiles.js';
import { linesOf } from '../journal/linesOf.js';
import { syncFolder } from '../journal/syncFolder.js';

const FLUSH_BYTES = 1024 * 1024;

/** The batch without the events of these ids; `undefined` where none is left. */
const withoutPerson = (/** @type {string} */ line, /** @type {(context: any) => boolean} */ isTheirs) => {
  const entry = JSON.parse(line);
  const { contexts, batch } = entry.body;
  const theirs = contexts.map(isTheirs);
  const kept = batch.filter((/** @type {{ context: number }} */ { context }) => !theirs[context]);
  const removed = batch.length - kept.length;
  entry.body.batch = kept;
  // Their places stay: events name contexts by place.
  entry.body.contexts = contexts.map((/** @type {unknown} */ context, /** @type {number} */ index) =>
    theirs[index] ? {} : context,
  );
  return { removed, line: kept.length > 0 ? JSON.stringify(entry) : undefined };
};

const rewrite = async (
  /** @type {string} */ path,
  /** @type {(line: string) => boolean} */ mayHold,
  /** @type {(context: any) => boolean} */ isTheirs,
) => {
  const part = `${path}.part`;
  const out = await open(part, 'w');
  let removed = 0;
  let waiting = '';
  try {
    for await (const line of linesOf(path)) {
      if (!line) continue;
      if (mayHold(line)) {
        const without = withoutPerson(line, isTheirs);
        removed += without.removed;
        if (without.line !== undefined) waiting += `${without.line}\n`;
      } else waiting += `${line}\n`;
      if (waiting.length > FLUSH_BYTES) {
        await out.write(waiting);
        waiting = '';
      }
    }
    await out.write(waiting);
    await out.sync();
  } finally {
    await out.close();
  }
  // A file in which the person is not keeps its place on the disk.
  if (removed > 0) await rename(part, path);
  else await rm(part);
  return removed;
};

/**
 * @param {string} folder
 * @param {string} current The file that is written to; it and later ones are left alone.
 * @param {import('./createErasing.js').Ids} ids
 * @returns {Promise<number>} how many events were taken out
 */
export const eraseFromJournal = async (folder, current, { anonymousIds, userIds, unionids }) => {
  const sets = { anonymous: new Set(anonymousIds), user: new Set(userIds), union: new Set(unionids) };
  const texts = [...anonymousIds, ...userIds, ...unionids].map((id) => JSON.stringify(id).slice(1, -1));
  const mayHold = (/** @type {string} */ line) => texts.some((text) => line.includes(text));
  const isTheirs = (/** @type {any} */ context) =>
    sets.anonymous.has(context.anonymous_id) || sets.user.has(context.user_id) || sets.union.has(context.ids?.unionid);
  let removed = 0;
  for (const name of journalFiles(folder).filter((each) => each < current))
    removed += await rewrite(join(folder, name), mayHold, isTheirs);
  syncFolder(folder);
  return removed;
};
