import { readFileSync } from 'node:fs';

const codes = (text) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);

/** The tables of a document, row by row: under which heading, and the code in each cell. */
export const readRows = (file) => {
  const rows = [];
  let heading = '';
  let number = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, title] = /^##+ (.*)/.exec(line) || [];
    if (title) {
      heading = title;
      number++;
    }
    if (/^\| [^-]/.test(line))
      rows.push({
        heading,
        number,
        cells: line
          .slice(1, -1)
          .split(/(?<!\\)\|/)
          .map(codes),
      });
  }
  return rows;
};

/** The hosts that a cell names; all of them where it names none. */
const hostsOf = (cell) => {
  const named = ['wx', 'my', 'tt'].filter((host) => cell.some((code) => code === host || code.startsWith(`${host}.`)));
  return named.length ? named : ['wx', 'my', 'tt'];
};

const FIELD = /^(\w+\.)+[\w*]+$|^(schema|batch_id|drops|sent_at)$/;

/** The fields that docs/privacy.md lists, each with the plugin it comes by, if any, and the hosts that have it. */
export const readFields = (file) =>
  readRows(file).flatMap(({ heading, cells: [fields = [], , from = []] }) =>
    fields.length && fields.every((field) => FIELD.test(field))
      ? fields.map((field) => ({ field, plugin: codes(heading)[0], hosts: hostsOf(from) }))
      : [],
  );

/** The functions of `wx`, `my` and `tt` that docs/privacy.md lists. */
export const readFunctions = (file) => {
  const rows = readRows(file);
  const start = rows.findIndex(({ cells }) => cells.length === 4 && `${cells.slice(1)}` === 'wx,my,tt');
  const table = rows.slice(start + 1).filter(({ number }) => number === rows[start].number);
  return Object.fromEntries(['wx', 'my', 'tt'].map((host, i) => [host, table.flatMap(({ cells }) => cells[i + 1])]));
};
