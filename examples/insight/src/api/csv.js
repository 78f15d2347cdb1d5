/** Starts of a cell that spreadsheets take for a formula: what a stranger named an event must not run on the desk of a shop. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

const cell = (value) => {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = FORMULA.test(text) && !(typeof value === 'number' || NUMBER.test(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as CSV that Excel opens: a mark of the encoding in front for Chinese, lines end as it writes them, no cell is a formula. */
export const toCsv = (rows, columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]) =>
  `\ufeff${[columns.map(cell), ...rows.map((row) => columns.map((column) => cell(row[column])))].map((line) => line.join(',')).join('\r\n')}\r\n`;

/**
 * Lines of CSV as lists of cells, each with the line of the text where it begins; quotes, escaped quotes and line ends in
 * quotes as RFC 4180 has them. Empty lines are left out.
 */
export const parseCsvLines = (text, comma = ',') => {
  const lines = [];
  let cells = [];
  let value = '';
  let quoted = false;
  let at = 1;
  let line = 1;
  const end = () => {
    cells.push(value);
    value = '';
  };
  const endLine = () => {
    end();
    if (cells.length > 1 || cells[0] !== '') lines.push({ line, cells });
    cells = [];
    line = at;
  };
  const source = text.replace(/^\ufeff/, '');
  for (let i = 0; i < source.length; i++) {
    const letter = source[i];
    if (letter === '\n') at++;
    if (quoted) {
      if (letter !== '"') value += letter;
      else if (source[i + 1] === '"') value += source[++i];
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === comma) end();
    else if (letter === '\n') endLine();
    else if (letter !== '\r') value += letter;
  }
  if (value || cells.length) endLine();
  return lines;
};

/** The cells alone. */
export const parseCsv = (text) => parseCsvLines(text).map(({ cells }) => cells);
