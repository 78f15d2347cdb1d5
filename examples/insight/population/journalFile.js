import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const CHUNK = 4 * 2 ** 20;

/** A line of the collector's journal: what one request brought. */
export const journalLine = (receivedAt, body, key = 'shop') =>
  `{"received_at":${receivedAt},"key":"${key}","rejected":0,"body":${body}}\n`;

/** Writes a journal as the collector would have; the lines are in the order of their arrival. */
export const createJournalFile = (path) => {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  let text = '';
  const write = () => {
    writeSync(file, text);
    text = '';
  };
  return {
    add(...batch) {
      text += journalLine(...batch);
      if (text.length > CHUNK) write();
    },
    close() {
      write();
      closeSync(file);
    },
  };
};
