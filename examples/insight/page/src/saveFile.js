import { toCsv } from '../../src/api/csv.js';

/** Hands a file to whoever sits before the page. */
export const saveFile = (url, name) => Object.assign(document.createElement('a'), { href: url, download: name }).click();

/** Rows as a file for Excel, as the collector writes them. */
export const saveCsv = (rows, columns, name) => {
  const url = URL.createObjectURL(new Blob([toCsv(rows, columns)], { type: 'text/csv' }));
  saveFile(url, `${name}.csv`);
  URL.revokeObjectURL(url);
};
