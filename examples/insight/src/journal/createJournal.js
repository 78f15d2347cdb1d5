import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createLock } from '../store/createLock.js';
import { cutHalfLine } from './cutHalfLine.js';
import { journalFile, journalFiles, journalNumber } from './journalFiles.js';
import { syncFolder } from './syncFolder.js';

const ROTATE_BYTES = 256 * 1024 * 1024;
const dayOf = (/** @type {number} */ time) => Math.floor(time / 86_400_000);

/**
 * What was acknowledged, in files of one line for each request. `append` answers after the line is on the disk: lines
 * that wait at the same time share one write and one `fdatasync`.
 *
 * A half line at the end of the last file (a kill, a full disk) was not acknowledged and is cut off at the start.
 *
 * @param {object} options
 * @param {string} options.folder
 * @param {number} [options.rotateBytes] A file that is larger is followed by the next one; so is one of yesterday.
 * @param {() => number} [options.now]
 * @param {(path: string, flags: string) => Promise<Pick<import('node:fs/promises').FileHandle, 'write' | 'datasync' | 'truncate' | 'close'>>} [options.openFile]
 */
export const createJournal = async ({ folder, rotateBytes = ROTATE_BYTES, now = Date.now, openFile = open }) => {
  mkdirSync(folder, { recursive: true });
  let name = journalFiles(folder).at(-1) ?? journalFile(1);
  let size = cutHalfLine(join(folder, name));
  let day = dayOf(now());
  let file = await openFile(join(folder, name), 'a');
  // What a killed process wrote may be in memory only, and what is read from here on counts as durable.
  await file.datasync();
  syncFolder(folder);
  /** @type {{ line: string, resolve: () => void, reject: (error: unknown) => void }[]} */
  let waiting = [];
  /** @type {Promise<void> | undefined} */
  let writing;
  let isClosed = false;
  /** Whether bytes behind `size` may be on the disk, of a write that failed. */
  let isTorn = false;
  /** One at a time writes to the file, begins the next one or closes it. */
  const lock = createLock();

  /** Takes off what a failed write left behind the last whole line. */
  const mend = async () => {
    if (isTorn) await file.truncate(size);
    isTorn = false;
  };

  const rotate = async () => {
    const next = journalFile(journalNumber(name) + 1);
    // First the next one: where it cannot be opened, this one still takes lines.
    const opened = await openFile(join(folder, next), 'a');
    syncFolder(folder);
    const before = file;
    [name, file, size] = [next, opened, 0];
    day = dayOf(now());
    await before.close();
  };

  const writeAll = async (/** @type {Buffer} */ bytes) => {
    for (let written = 0; written < bytes.length; ) {
      written += (await file.write(bytes, written, bytes.length - written)).bytesWritten;
    }
  };

  const writeGroup = async (/** @type {typeof waiting} */ group) => {
    try {
      await mend();
      if (size > 0 && (size >= rotateBytes || dayOf(now()) !== day)) await rotate();
      const bytes = Buffer.from(`${group.map(({ line }) => line).join('\n')}\n`);
      isTorn = true;
      await writeAll(bytes);
      await file.datasync();
      isTorn = false;
      size += bytes.length;
      for (const { resolve } of group) resolve();
    } catch (error) {
      // None of the group is acknowledged: the phones keep their events and send them again.
      for (const { reject } of group) reject(error);
    }
  };

  const drain = async () => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await lock(() => writeGroup(group));
    }
  };

  const startDraining = () => {
    writing ??= drain().finally(() => {
      writing = undefined;
    });
    return writing;
  };

  return {
    folder,
    /** Resolves when the line is durable. It must not contain a line feed. */
    append(/** @type {string} */ line) {
      return new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
        if (isClosed) reject(new Error('the journal is closed'));
        else {
          waiting.push({ line, resolve, reject });
          startDraining();
        }
      });
    },
    /** Up to where all is durable. */
    end: () => ({ file: name, offset: size }),
    /** Begins a new file, so that all files before it are at rest. */
    rotate: () =>
      lock(async () => {
        if (isClosed) throw new Error('the journal is closed');
        await mend();
        if (size > 0) await rotate();
      }),
    async close() {
      isClosed = true;
      await writing;
      await lock(() => file.close());
    },
  };
};

/** @typedef {Awaited<ReturnType<typeof createJournal>>} Journal */
