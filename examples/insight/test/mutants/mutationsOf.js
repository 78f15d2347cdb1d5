/**
 * The small changes of a SQL text, one token at a time. A change is known by what it does, its surroundings and which of
 * several alike it is, so that it is the same one in the same text with other parameters.
 *
 * @typedef {object} Mutation
 * @property {string} id
 * @property {number} from
 * @property {number} to
 * @property {string} text What stands there instead.
 */

const TOKEN = /'(?:[^']|'')*'|CAST\(\$\w+ AS \w+\)|\d+(?:\.\d+)?|[A-Za-z_][\w.]*|<=|>=|<>|[<>=]|\S/g;
const OTHER = { '<': ['<=', '>'], '<=': ['<', '>='], '>': ['>=', '<'], '>=': ['>', '<='], '=': ['<>'], '<>': ['='] };
const SWAPPED = { min: 'max', max: 'min', argMin: 'argMax', argMax: 'argMin', least: 'greatest', greatest: 'least' };
const AROUND = 3;
/** Only there where persons are counted: the rest of the text is the same one as without it. */
const OF_PERSONS = /LEFT JOIN persons AS p ON p\.visitor_no = [\w.]+ /g;

const tokensOf = (sql) => {
  let depth = 0;
  return [...sql.matchAll(TOKEN)].map(({ 0: text, index }) => {
    if (text === ')') depth--;
    const token = { text, from: index, to: index + text.length, depth, word: text.toUpperCase() };
    if (text === '(') depth++;
    return token;
  });
};

/** Where the clause that begins behind token `i` ends. */
const endOf = (tokens, i, ends) => {
  const { depth } = tokens[i];
  let end = i + 1;
  while (end < tokens.length && tokens[end].depth >= depth && !(tokens[end].depth === depth && ends.includes(tokens[end].word)))
    end++;
  return end;
};

/** The parts between `separators` at the depth of the clause, as pairs of first and last token. */
const partsOf = (tokens, start, end, isSeparator) => {
  const parts = [];
  let first = start;
  for (let i = start; i <= end; i++) {
    if (i < end && !isSeparator(tokens[i], i)) continue;
    if (i > first) parts.push([first, i - 1]);
    first = i + 1;
  }
  return parts;
};

/** The ANDs that belong to a BETWEEN. */
const betweens = (tokens) => {
  const ands = new Set();
  tokens.forEach(({ word, depth }, i) => {
    if (word !== 'BETWEEN') return;
    let and = i + 1;
    while (and < tokens.length && !(tokens[and].word === 'AND' && tokens[and].depth === depth)) and++;
    ands.add(and);
  });
  return ands;
};

/** How many digits a sum is rounded to: whoever tells money does not tell the last one. */
const isDigits = (tokens, i) => {
  if (tokens[i - 1]?.text !== ',' || tokens[i + 1]?.text !== ')') return false;
  let open = i;
  while (open > 0 && tokens[open].depth >= tokens[i].depth) open--;
  return tokens[open - 1]?.word === 'ROUND';
};
/** `1 = 1` stands where nothing is asked. */
const isAlways = (tokens, i) => tokens[i]?.text === '1' && tokens[i + 1]?.text === '=' && tokens[i + 2]?.text === '1';

/** Of a day the next one (none here ends in 9): a day with a letter behind it is the same to DuckDB. */
const otherText = (text) =>
  /^'\d{4}-\d\d-\d\d'$/.test(text) ? `${text.slice(0, -2)}${Number(text.at(-2)) + 1}'` : `${text.slice(0, -1)}_'`;

const AFTER_WHERE = ['GROUP', 'ORDER', 'HAVING', 'LIMIT', 'UNION', 'QUALIFY'];

const ofTokens = (tokens, add) => {
  const ofBetween = betweens(tokens);
  const isOrdinal = new Set();
  tokens.forEach(({ word, depth }, i) => {
    if (word !== 'BY' || !['ORDER', 'GROUP'].includes(tokens[i - 1]?.word)) return;
    const end = endOf(tokens, i, ['LIMIT', 'HAVING', 'ROWS', 'ORDER', 'UNION', 'QUALIFY']);
    for (const [first, last] of partsOf(tokens, i + 1, end, (token) => token.text === ',' && token.depth === depth)) {
      if (/^\d+$/.test(tokens[first].text) && last - first < 2) isOrdinal.add(first);
      if (tokens[i - 1].word !== 'ORDER') continue;
      if (tokens[last].word === 'DESC') add('ascending', last, last, '');
      else if (tokens[last].word !== 'ASC') add('descending', last, last, `${tokens[last].text} DESC`);
    }
  });
  tokens.forEach(({ text, word, depth }, i) => {
    for (const other of OTHER[text] || []) add(`${text} to ${other}`, i, i, other);
    if (word === 'AND' && !ofBetween.has(i)) add('AND to OR', i, i, 'OR');
    if (word === 'OR') add('OR to AND', i, i, 'AND');
    if (word === 'DISTINCT') add('without DISTINCT', i, i, '');
    if (word === 'LEFT' && tokens[i + 1]?.word === 'JOIN') add('LEFT to INNER', i, i, 'INNER');
    if (word === 'SUM' && tokens[i + 1]?.text === '(') add('sum to count', i, i, 'count');
    if (SWAPPED[text] && tokens[i + 1]?.text === '(') add(`${text} to ${SWAPPED[text]}`, i, i, SWAPPED[text]);
    if (/^\d/.test(text) && !isOrdinal.has(i) && !isDigits(tokens, i) && !isAlways(tokens, i))
      add('another number', i, i, `${Number(text) + 1}${text.includes('.') ? '.0' : ''}`);
    if (text[0] === "'") add('another text', i, i, otherText(text));
    if (word === 'WHERE' || word === 'HAVING') {
      const end = endOf(tokens, i, AFTER_WHERE);
      const clause = tokens.slice(i + 1, end);
      const isOr = clause.some((token) => token.word === 'OR' && token.depth === depth);
      const parts = isOr
        ? [[i + 1, end - 1]]
        : partsOf(tokens, i + 1, end, (token, at) => token.word === 'AND' && token.depth === depth && !ofBetween.has(at));
      for (const [first, last] of parts)
        if (!isAlways(tokens, first) && !isAlways(tokens, first + 1))
          add(`without a condition of ${word}`, first, last, '1 = 1');
    }
  });
};

/** @returns {Mutation[]} */
export const mutationsOf = (sql) => {
  const tokens = tokensOf(sql);
  const plain = tokens.map(({ text }) => (text.startsWith('CAST($') ? '?' : text));
  const found = [];
  const alike = new Map();
  const add = (what, first, last, text) => {
    // A comparison is the same one whatever stands beside it, as a condition is.
    const wide = OTHER[plain[first]] && first === last ? 1 : AROUND;
    const before = plain.slice(0, first).join(' ').concat(' ').replace(OF_PERSONS, '').trim().split(' ').slice(-wide);
    const after = plain
      .slice(last + 1)
      .join(' ')
      .concat(' ')
      .replace(OF_PERSONS, '')
      .trim()
      .split(' ')
      .slice(0, wide);
    const around = `${before.join(' ')} [${plain.slice(first, last + 1).join(' ')}] ${after.join(' ')}`.trim();
    // A condition is the same one whatever stands beside it.
    const isCondition = what.startsWith('without a condition');
    const key = isCondition ? `${what}: ${plain.slice(first, last + 1).join(' ')}` : `${what}: ${around}`;
    const nth = (alike.get(key) || 0) + 1;
    alike.set(key, nth);
    found.push({ id: nth > 1 ? `${key} #${nth}` : key, from: tokens[first].from, to: tokens[last].to, text });
  };
  ofTokens(tokens, add);
  return found;
};
