/**
 * @typedef {object} AuditRow One launch of one installation.
 * @property {string} anonymous_id
 * @property {string} app_id `''` where the batch did not say.
 * @property {number} boot
 * @property {number} accepted Highest `seq` seen, plus one: what the tracker must have accepted at least.
 * @property {number} arrived Different `seq` seen.
 * @property {number} missing `accepted - arrived`. Some may still be on the phone.
 * @property {number} repeats Arrivals beyond the first.
 * @property {Record<string, number>} drops By reason, as reported with a batch of this launch. The loss itself
 *   may be an earlier launch's: the wire format counts drops per installation.
 * @property {number} first_at
 * @property {number} last_at
 */

/** The receiving side's proof: gaps in `seq` are loss, repeated ones are retries. */
export const createAudit = () => {
  /** @type {Map<string, { anonymous_id: string, app_id: string, boot: number, seqs: Set<number>, max: number, count: number, first_at: number, last_at: number, drops: Map<string, Record<string, number>> }>} */
  const launches = new Map();

  const launchOf = (/** @type {string} */ anonymous_id, /** @type {number} */ boot, /** @type {number} */ at) => {
    const key = `${boot} ${anonymous_id}`;
    let launch = launches.get(key);
    if (!launch) {
      launch = {
        anonymous_id,
        app_id: '',
        boot,
        seqs: new Set(),
        max: -1,
        count: 0,
        first_at: at,
        last_at: at,
        drops: new Map(),
      };
      launches.set(key, launch);
    }
    return launch;
  };

  /** @param {Iterable<Record<string, number>>} reports @returns {Record<string, number>} */
  const sum = (reports) => {
    /** @type {Record<string, number>} */
    const total = {};
    for (const report of reports) {
      for (const [reason, count] of Object.entries(report)) if (count > 0) total[reason] = (total[reason] ?? 0) + count;
    }
    return total;
  };

  const visitorOf = (/** @type {import('./ledger.mjs').Line} */ line) => String(line.context?.anonymous_id ?? '');

  return {
    /** @param {import('./ledger.mjs').Line} line */
    arrived(line) {
      const launch = launchOf(visitorOf(line), line.boot, line.received_at);
      launch.app_id ||= String(line.context?.app_id ?? '');
      launch.seqs.add(line.seq);
      launch.max = Math.max(launch.max, line.seq);
      launch.count += 1;
      launch.first_at = Math.min(launch.first_at, line.received_at);
      launch.last_at = Math.max(launch.last_at, line.received_at);
    },

    /**
     * A batch whose answer was lost comes again with the same id and the same drops: its latest report stands.
     *
     * @param {{ batch_id: string, lines: readonly import('./ledger.mjs').Line[], drops: Record<string, number> }} report
     */
    dropped({ batch_id, lines, drops }) {
      const newest = lines.reduce((a, b) => (b.boot > a.boot ? b : a), /** @type {any} */ (lines[0]));
      if (newest) launchOf(visitorOf(newest), newest.boot, newest.received_at).drops.set(batch_id, drops);
    },

    /** @returns {Record<string, number>} */
    drops: () => sum([...launches.values()].flatMap((launch) => [...launch.drops.values()])),

    /** Newest first. @returns {AuditRow[]} */
    rows: () =>
      [...launches.values()]
        .map(({ anonymous_id, app_id, boot, seqs, max, count, first_at, last_at, drops }) => ({
          anonymous_id,
          app_id,
          boot,
          accepted: max + 1,
          arrived: seqs.size,
          missing: max + 1 - seqs.size,
          repeats: count - seqs.size,
          drops: sum(drops.values()),
          first_at,
          last_at,
        }))
        .sort((a, b) => b.first_at - a.first_at || b.boot - a.boot),
  };
};
