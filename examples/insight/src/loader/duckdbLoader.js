import { createPersons } from '../persons/createPersons.js';
import { correctionStatements, flattenStatements, freshSteps, numberOf, ROWS } from './flatten.js';
import { newOrders, ordersAgain } from './orderRows.js';
import { newVisits, visitsAgain } from './visitRows.js';

/**
 * @typedef {object} JournalPosition
 * @property {string} file
 * @property {number} offset
 *
 * @typedef {object} Loaded
 * @property {number} events New ones.
 * @property {number} repeats
 * @property {number} unreadable Lines that were no JSON.
 */

const isJson = (/** @type {string} */ line) => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false; // The line is counted as unreadable; the rest of the journal is not to wait for it.
  }
};

const fillIncoming = async (writer, lines) => {
  await writer.run('CREATE OR REPLACE TEMP TABLE incoming (place INTEGER, line VARCHAR)');
  const appender = await writer.createAppender('incoming', 'main', 'temp');
  lines.forEach((line, place) => {
    appender.appendInteger(place);
    appender.appendVarchar(line);
    appender.endRow();
  });
  appender.closeSync();
};

/**
 * A line that is no JSON would stop the statement, so it is looked for where a load fails; on the way of every day none is
 * parsed twice.
 *
 * @param {string[]} lines
 * @param {(lines: string[]) => Promise<{ events: number, repeats: number }>} load
 * @returns {Promise<Loaded>}
 */
export const loadReadable = async (lines, load) => {
  try {
    return { ...(await load(lines)), unreadable: 0 };
  } catch (error) {
    const readable = lines.filter(isJson);
    if (readable.length === lines.length) throw error;
    return { ...(await load(readable)), unreadable: lines.length - readable.length };
  }
};

/** Lines into the temporary tables `batches`, `contexts` and `flat`. */
export const flattenLines = async (writer, timeZone, lines) => {
  await fillIncoming(writer, lines);
  for (const statement of flattenStatements(timeZone)) await writer.run(statement);
};

const values = async (writer, sql, params) => (await writer.runAndReadAll(sql, params)).getRowsJS();

/** The failure before it is the one to tell: a commit that failed has ended its transaction, and a broken database has none. */
const rollBack = (writer) => writer.run('ROLLBACK').catch(() => undefined);

const OF_CORRECTED =
  'SELECT DISTINCT order_id FROM events JOIN corrected USING (anonymous_id, boot) WHERE order_id IS NOT NULL';
const OF_CORRECTED_VISITORS = `SELECT ${numberOf('anonymous_id')} FROM corrected`;
const OF_ERASED = 'SELECT DISTINCT order_id FROM order_events WHERE anonymous_id IN (SELECT line FROM incoming)';
const OF_ERASED_VISITORS = `SELECT ${numberOf('line')} FROM incoming`;

/** The installations whose person changed, into the table. */
const writePersons = async (writer, changed) => {
  if (changed.length === 0) return;
  await writer.run('CREATE OR REPLACE TEMP TABLE renamed (anonymous_id VARCHAR, person VARCHAR)');
  const appender = await writer.createAppender('renamed', 'main', 'temp');
  for (const [anonymousId, person] of changed) {
    appender.appendVarchar(anonymousId);
    appender.appendVarchar(person);
    appender.endRow();
  }
  appender.closeSync();
  await writer.run('DELETE FROM persons WHERE anonymous_id IN (SELECT anonymous_id FROM renamed)');
  await writer.run(
    `INSERT INTO persons BY NAME SELECT *, ${numberOf('anonymous_id')} AS visitor_no, ${numberOf('person')} AS person_no FROM renamed`,
  );
};

const insertRows = async (writer) => {
  await writer.run(`INSERT INTO events BY NAME SELECT * EXCLUDE (row) FROM (${ROWS.events})`);
  await writer.run(`INSERT INTO items ${ROWS.items}`);
  await writer.run(`INSERT INTO shares SELECT * FROM (${ROWS.shares}) WHERE share_id NOT IN (SELECT share_id FROM shares)`);
  await writer.run(
    `INSERT INTO drops SELECT * FROM (${ROWS.drops}) AS told
     WHERE NOT EXISTS (SELECT 1 FROM drops WHERE drops.batch_id = told.batch_id AND drops.reason = told.reason)`,
  );
  await writer.run(`INSERT INTO arrivals BY NAME SELECT * EXCLUDE (batch_id) FROM (${ROWS.arrivals})`);
};

/**
 * Brings lines of the journal into the tables of DuckDB, each call in one transaction with the place in the journal.
 */
export const createDuckdbLoader = ({ writer, lock, query, timeZone }) => {
  /** @type {ReturnType<typeof createPersons> | undefined} */
  let persons;
  const knownPersons = async () => {
    if (persons) return persons;
    const known = createPersons();
    for (const [anonymousId, kind, id] of await values(writer, 'SELECT anonymous_id, kind, id FROM links'))
      known.join(anonymousId, kind, id);
    known.takeChanged(); // They are in the table.
    persons = known;
    return known;
  };

  const joinPersons = async () => {
    await writer.run(
      `CREATE OR REPLACE TEMP TABLE new_links AS SELECT * FROM (${ROWS.links}) AS told
       WHERE NOT EXISTS (
         SELECT 1 FROM links WHERE links.anonymous_id = told.anonymous_id AND links.kind = told.kind AND links.id = told.id
       )`,
    );
    const links = await values(writer, 'SELECT anonymous_id, kind, id FROM new_links');
    if (links.length === 0) return;
    const known = await knownPersons();
    await writer.run('INSERT INTO links SELECT * FROM new_links');
    for (const [anonymousId, kind, id] of links) known.join(anonymousId, kind, id);
    await writePersons(writer, known.takeChanged());
  };

  /** @param {string[]} lines @param {JournalPosition} [position] */
  const loadRows = async (lines, position) => {
    await flattenLines(writer, timeZone, lines);
    for (const step of freshSteps(timeZone)) await writer.run(step);
    const [[corrections]] = await values(writer, 'SELECT count(*) FROM corrected');
    if (corrections > 0) for (const step of correctionStatements(timeZone)) await writer.run(step);
    await insertRows(writer);
    for (const step of [...newOrders(ROWS.events), ...newVisits(timeZone)]) await writer.run(step);
    if (corrections > 0) {
      for (const step of [...ordersAgain(OF_CORRECTED), ...visitsAgain(OF_CORRECTED_VISITORS)]) await writer.run(step);
    }
    await joinPersons();
    if (position) {
      await writer.run('DELETE FROM journal_offset');
      await writer.run('INSERT INTO journal_offset VALUES ($file, $offset)', { file: position.file, offset: position.offset });
    }
    const [[fresh, all]] = await values(writer, 'SELECT (SELECT count(*) FROM firsts), (SELECT count(*) FROM flat)');
    return { events: Number(fresh), repeats: Number(all) - Number(fresh) };
  };

  const loadInTransaction = async (lines, position) => {
    await writer.run('BEGIN');
    try {
      const loaded = await loadRows(lines, position);
      await writer.run('COMMIT');
      return loaded;
    } catch (error) {
      persons = undefined; // What it knows may be more than what was written.
      await rollBack(writer);
      throw error;
    }
  };

  return {
    /** @param {string[]} lines @param {JournalPosition} [position] Where the journal continues after them. */
    load: (lines, position) => lock(() => loadReadable(lines, (each) => loadInTransaction(each, position))),
    /** @returns {Promise<JournalPosition | undefined>} where the next load has to go on */
    async position() {
      const [row] = await query('SELECT file, off FROM journal_offset');
      return row && { file: row.file, offset: row.off };
    },
    /**
     * Takes the rows of a person away.
     *
     * @param {import('../erase/createErasing.js').Ids} ids
     */
    erase: ({ anonymousIds }) =>
      lock(async () => {
        await fillIncoming(writer, anonymousIds);
        await writer.run('BEGIN');
        try {
          // Batches of which a report was kept may name the person, too.
          for (const table of ['events', 'items', 'shares', 'launches', 'links', 'persons', 'drops']) {
            await writer.run(`DELETE FROM ${table} WHERE anonymous_id IN (SELECT line FROM incoming)`);
          }
          for (const step of [...ordersAgain(OF_ERASED), ...visitsAgain(OF_ERASED_VISITORS)]) await writer.run(step);
          await writer.run('COMMIT');
        } catch (error) {
          await rollBack(writer);
          throw error;
        } finally {
          persons = undefined;
        }
        await writer.run('CHECKPOINT');
      }),
    /** All ids of the person that one of them names. */
    person: (id) => lock(async () => (await knownPersons()).of(id)),
  };
};
