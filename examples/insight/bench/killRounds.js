import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { journalFiles } from '../src/journal/journalFiles.js';
import { startServer, waitUntilLoaded } from './startServer.js';
import { makeBody } from './traffic.js';

/**
 * @typedef {object} Outcome
 * @property {number} rounds
 * @property {number} acknowledged Events.
 * @property {number} lost Acknowledged, and not in the database in the end.
 * @property {number} doubled
 * @property {number} slowestStartMs
 */

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends until the server is gone; notes what was acknowledged. */
const sendUntilGone = async (
  /** @type {string} */ url,
  /** @type {Set<string>} */ acknowledged,
  /** @type {() => boolean} */ isOver,
) => {
  while (!isOver()) {
    try {
      const answer = await fetch(`${url}/v1/events`, { method: 'POST', body: makeBody(30) });
      if (answer.status === 200) for (const id of /** @type {any} */ (await answer.json()).accepted) acknowledged.add(id);
    } catch {
      await pause(5); // The server is dead, or half dead: what it did not answer does not count.
    }
  }
};

/** What is done to the files of a dead server. */
const HARMS = {
  none: () => {},
  /** As a kill in the middle of a write leaves it. */
  cutLine(/** @type {string} */ folder) {
    const journal = join(folder, 'journal');
    const last = journalFiles(journal).at(-1);
    if (last) appendFileSync(join(journal, last), makeBody(30).slice(0, 1 + Math.floor(Math.random() * 5000)));
  },
  damagedDatabase(/** @type {string} */ folder) {
    for (const end of ['', '.wal']) {
      const file = join(folder, `insight.duckdb${end}`);
      if (!existsSync(file)) continue;
      const bytes = readFileSync(file);
      bytes.fill(0xa5, 0, Math.min(bytes.length, 12_288));
      writeFileSync(file, bytes);
    }
  },
};

/** Once in the database, and how often. @param {string} folder @param {Set<string>} acknowledged */
const compare = async (folder, acknowledged) => {
  const instance = await DuckDBInstance.create(join(folder, 'insight.duckdb'), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll('SELECT CAST(id AS VARCHAR), count(*) FROM events GROUP BY 1')).getRowsJS();
  connection.disconnectSync();
  instance.closeSync();
  const counts = new Map(rows.map(([id, n]) => [id, Number(n)]));
  let lost = 0;
  for (const id of acknowledged) if (!counts.has(id)) lost += 1;
  return { lost, doubled: [...counts.values()].filter((n) => n > 1).length };
};

/**
 * Real kills, at a random moment, while phones send: during ingest, load and checkpoint. All rounds are of one folder.
 *
 * @param {string} folder
 * @param {number} rounds
 * @param {{ harm?: keyof typeof HARMS, env?: Record<string, string>, prefix?: string[] }} [options]
 * @returns {Promise<Outcome>}
 */
export const killRounds = async (folder, rounds, { harm = 'none', env = {}, prefix = [] } = {}) => {
  /** @type {Set<string>} */
  const acknowledged = new Set();
  let slowestStartMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    const server = await startServer(folder, env, prefix);
    slowestStartMs = Math.max(slowestStartMs, server.startedInMs);
    let isOver = false;
    const senders = Array.from({ length: 4 }, () => sendUntilGone(server.url, acknowledged, () => isOver));
    await pause(50 + Math.random() * 900);
    await server.kill('SIGKILL');
    isOver = true;
    await Promise.all(senders);
    HARMS[harm](folder);
  }
  const last = await startServer(folder);
  slowestStartMs = Math.max(slowestStartMs, last.startedInMs);
  await waitUntilLoaded(last.url);
  await last.kill('SIGTERM');
  return {
    rounds,
    acknowledged: acknowledged.size,
    ...(await compare(folder, acknowledged)),
    slowestStartMs: Math.round(slowestStartMs),
  };
};
