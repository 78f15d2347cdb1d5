import { createAudit } from './audit.mjs';
import { rebuildShares } from './shares.mjs';

/**
 * @typedef {import('./parseBatch.mjs').MergedEvent & { received_at: number, batch_id: string, sent_at: number }} Line
 *   What the file keeps of an event.
 * @typedef {Line & { repeat: boolean }} Arrival
 *
 * @typedef {object} RequestRecord
 * @property {number} at
 * @property {number} status `0` when the client got no answer.
 * @property {number} bytes On the wire.
 * @property {string | null} batch_id
 * @property {number} events
 * @property {number} repeats Events that had arrived before.
 * @property {number} rejected
 * @property {import('./faults.mjs').Mode} mode
 * @property {string | null} error
 *
 * @typedef {object} Totals
 * @property {number} requests
 * @property {number} arrivals
 * @property {number} events Different ids.
 * @property {number} repeats
 * @property {number} rejected
 * @property {number} bytes
 * @property {Record<string, number>} byStatus
 * @property {Record<string, number>} drops Reported by the trackers, by reason.
 *
 * @typedef {object} CollectorState
 * @property {import('./faults.mjs').Mode} mode
 * @property {Totals} totals
 * @property {import('./audit.mjs').AuditRow[]} audit
 * @property {import('./shares.mjs').Share[]} shares
 * @property {Arrival[]} recent
 * @property {RequestRecord[]} requests
 */

/** Enough for a demonstration to scroll through; the file has everything. */
const RECENT_LIMIT = 300;

/** What tells who brought whom and what came of it. */
const SHARE_EVENTS = ['share', 'share_open', 'order_paid'];

/** What the collector remembers of its arrivals, in memory. */
export const createLedger = () => {
  const audit = createAudit();
  /** @type {Set<string>} */
  const ids = new Set();
  /** @type {Arrival[]} */
  let recent = [];
  /** @type {RequestRecord[]} */
  let requests = [];
  /** @type {Line[]} */
  const ofShares = [];
  let arrivalCount = 0;
  let repeatCount = 0;
  let rejectedCount = 0;
  let requestCount = 0;
  let bytes = 0;
  /** @type {Record<string, number>} */
  const byStatus = {};

  return {
    /**
     * A repeat is taken like any other: at-least-once means that the client may not know it arrived.
     *
     * @param {readonly Line[]} lines
     * @returns {Arrival[]}
     */
    take(lines) {
      const arrivals = lines.map((line) => {
        const repeat = ids.has(line.id);
        ids.add(line.id);
        audit.arrived(line);
        arrivalCount += 1;
        if (repeat) repeatCount += 1;
        else if (SHARE_EVENTS.includes(line.name)) ofShares.push(line);
        return { ...line, repeat };
      });
      recent = [...recent, ...arrivals].slice(-RECENT_LIMIT);
      return arrivals;
    },
    /** @param {RequestRecord} request */
    countRequest(request) {
      requestCount += 1;
      bytes += request.bytes;
      byStatus[request.status] = (byStatus[request.status] ?? 0) + 1;
      requests = [...requests, request].slice(-RECENT_LIMIT);
    },
    /** @param {readonly unknown[]} rejected */
    countRejected(rejected) {
      rejectedCount += rejected.length;
    },
    countDrops: audit.dropped,
    /** @returns {Omit<CollectorState, 'mode'>} */
    state: () => ({
      totals: {
        requests: requestCount,
        arrivals: arrivalCount,
        events: ids.size,
        repeats: repeatCount,
        rejected: rejectedCount,
        bytes,
        byStatus: { ...byStatus },
        drops: audit.drops(),
      },
      audit: audit.rows(),
      shares: [...rebuildShares(ofShares).values()],
      recent,
      requests,
    }),
  };
};
