import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJournal } from '../../src/journal/createJournal.js';
import { journalFiles } from '../../src/journal/journalFiles.js';
import { readLines } from '../../src/journal/readLines.js';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const allLines = async (end) => {
  const lines = [];
  let at;
  for (;;) {
    const piece = await readLines(folder, at, end, 16);
    if (!piece) return lines;
    lines.push(...piece.lines);
    at = piece.next;
  }
};

/** The real file with a record of what was asked of it, and faults by number of the write. */
const recordingFile =
  (calls, faults = {}) =>
  async (path, flags) => {
    const file = await open(path, flags);
    let writes = 0;
    return {
      async write(bytes, offset, length) {
        calls.push('write');
        const fault = faults[writes++];
        if (fault) {
          await file.write(bytes, offset, fault.after);
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        }
        return file.write(bytes, offset, length);
      },
      async datasync() {
        await file.datasync();
        calls.push('datasync');
      },
      truncate: (size) => file.truncate(size),
      close: () => file.close(),
    };
  };

describe('createJournal', () => {
  it('answers after the line was synced, and syncs lines that wait together once', async () => {
    const calls = [];
    const journal = await createJournal({ folder, openFile: recordingFile(calls) });
    calls.length = 0;
    const first = journal.append('1').then(() => calls.push('answered'));
    const others = Promise.all(['2', '3', '4'].map((line) => journal.append(line)));
    await Promise.all([first, others]);
    expect(calls).toEqual(['write', 'datasync', 'answered', 'write', 'datasync']);
    expect(await allLines(journal.end())).toEqual(['1', '2', '3', '4']);
    await journal.close();
  });

  it.each([0, 1, 3])(
    'refuses what a full disk did not take after %s bytes, and goes on behind the last whole line',
    async (after) => {
      const journal = await createJournal({ folder, openFile: recordingFile([], { 1: { after } }) });
      await journal.append('first');
      await expect(journal.append('second')).rejects.toThrow('no space left');
      await journal.append('third');
      expect(await allLines(journal.end())).toEqual(['first', 'third']);
      await journal.close();
    },
  );

  it('cuts off half a line that a kill left, wherever it was cut', async () => {
    for (let cut = 1; cut <= 20; cut += 1) {
      const journal = await createJournal({ folder });
      await journal.append(`whole ${cut}`);
      const { file } = journal.end();
      await journal.close();
      appendFileSync(join(folder, file), '{"received_at":1795289871932'.slice(0, cut));
    }
    const journal = await createJournal({ folder });
    expect(await allLines(journal.end())).toEqual(Array.from({ length: 20 }, (_, index) => `whole ${index + 1}`));
    await journal.close();
  });

  it('takes lines while a new file is begun', async () => {
    /** A file that takes a while to be opened, synced and closed. */
    const slowly = async (task) => {
      const done = await task();
      await new Promise((resolve) => setTimeout(resolve, 20));
      return done;
    };
    const openFile = (path, flags) =>
      slowly(async () => {
        const file = await open(path, flags);
        return {
          write: file.write.bind(file),
          datasync: () => slowly(() => file.datasync()),
          truncate: file.truncate.bind(file),
          close: () => slowly(() => file.close()),
        };
      });
    const journal = await createJournal({ folder, openFile });
    await journal.append('before');
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const appended = [];
    await new Promise(setImmediate);
    const rotated = journal.rotate();
    for (const line of lines) {
      appended.push(journal.append(line).catch((error) => error));
      await new Promise(setImmediate);
    }
    await rotated;
    expect(await Promise.all(appended)).toEqual(lines.map(() => undefined));
    expect(await allLines(journal.end())).toEqual(['before', ...lines]);
    const { file, offset } = journal.end();
    expect(offset).toBe(statSync(join(folder, file)).size);
    await journal.close();
  });

  it('leaves no half line in a file that is at rest', async () => {
    const journal = await createJournal({ folder, openFile: recordingFile([], { 1: { after: 3 } }) });
    await journal.append('first');
    await expect(journal.append('second')).rejects.toThrow('no space left');
    await journal.rotate();
    await journal.append('third');
    expect(journalFiles(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['first\n', 'third\n']);
    await journal.close();
  });

  it('goes on in the old file where a new one cannot be opened, and begins none once it is closed', async () => {
    let isFull = false;
    const openFile = (path, flags) => (isFull ? Promise.reject(new Error('too many open files')) : open(path, flags));
    const journal = await createJournal({ folder, openFile });
    await journal.append('first');
    isFull = true;
    await expect(journal.rotate()).rejects.toThrow('too many open files');
    await journal.append('second');
    isFull = false;
    await journal.rotate();
    await journal.append('third');
    await journal.close();
    await expect(journal.rotate()).rejects.toThrow('closed');
    expect(journalFiles(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
      'first\nsecond\n',
      'third\n',
    ]);
  });

  it('begins a new file when one is full or of yesterday', async () => {
    let now = 0;
    const journal = await createJournal({ folder, rotateBytes: 10, now: () => now });
    await journal.append('0123456789');
    await journal.append('a');
    now = 86_400_000;
    await journal.append('b');
    expect(journalFiles(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
      '0123456789\n',
      'a\n',
      'b\n',
    ]);
    expect(await allLines(journal.end())).toEqual(['0123456789', 'a', 'b']);
    await journal.close();
  });
});
