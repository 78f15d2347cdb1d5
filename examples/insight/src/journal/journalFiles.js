import { existsSync, readdirSync } from 'node:fs';

const NAME = /^journal-(\d{8})\.ndjson$/;

/** @param {number} number */
export const journalFile = (number) => `journal-${String(number).padStart(8, '0')}.ndjson`;

/** @param {string} name */
export const journalNumber = (name) => Number(NAME.exec(name)?.[1] ?? 0);

/**
 * The files of a journal in the order they were written.
 *
 * @param {string} folder
 */
export const journalFiles = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => NAME.test(name))
        .sort()
    : [];
