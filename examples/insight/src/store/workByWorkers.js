import bindings from '@duckdb/node-bindings';

const POLL_MS = 1;
const { RESULT_READY, ERROR } = bindings.PendingState;
/** Before what was wrong. It would make a wrong input of everything, also of a full disk, and that is never tried again. */
const CLOSED = /^Invalid Input Error: Attempting to execute an unsuccessful or closed pending query result\s*(Error: )?/;
const failAsItWas = (/** @type {Error} */ error) => {
  throw new Error(error.message.replace(CLOSED, ''), { cause: error });
};
const sleep = () => new Promise((resolve) => setTimeout(resolve, POLL_MS));

/**
 * A connection whose statements are worked on by DuckDB's own threads only. The thread that waits for a statement works on it,
 * too, and where there is nothing to share it asks for more without a pause: a loader, whose statements are small, then
 * takes two cores to do the work of one.
 *
 * Statements without parameters only; those with, and those that are read, run as they do anyway.
 *
 * @param {import('@duckdb/node-api').DuckDBConnection} connection
 */
export const workByWorkers = async (connection) => {
  const [[threads, waiting]] = (
    await connection.runAndReadAll("SELECT current_setting('threads'), current_setting('external_threads')")
  ).getRowsJS();
  // On one core there is no thread but the one that waits.
  if (Number(threads) <= Number(waiting)) return connection;
  return {
    run: async (/** @type {string} */ sql, /** @type {any} */ params) => {
      if (params) return connection.run(sql, params);
      const pending = await connection.start(sql);
      for (;;) {
        const state = bindings.pending_execute_check_state(/** @type {any} */ (pending).pending_result);
        // A statement that is through already may say ERROR; what failed rejects.
        if (state === RESULT_READY || state === ERROR) return pending.getResult().catch(failAsItWas);
        await sleep();
      }
    },
    runAndReadAll: (/** @type {string} */ sql, /** @type {any} */ params) => connection.runAndReadAll(sql, params),
    createAppender: (/** @type {[string, string, string]} */ ...table) => connection.createAppender(...table),
    disconnectSync: () => connection.disconnectSync(),
  };
};
