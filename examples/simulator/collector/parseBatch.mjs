/**
 * @typedef {Record<string, unknown> & { id: string, name: string, ts: number, boot: number, seq: number, context: Record<string, unknown> }} MergedEvent
 *   An event with what it shares with the others written out under `context`.
 *
 * @typedef {object} Batch
 * @property {string} batch_id
 * @property {number} sent_at
 * @property {MergedEvent[]} accepted
 * @property {{ id: string | null, reason: string }[]} rejected Single events that cannot be used; the rest of the batch still counts.
 * @property {Record<string, number>} drops
 */

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** @param {unknown} value */
const isText = (value) => typeof value === 'string' && value !== '';
/** @param {unknown} value */
const isCount = (value) => Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;

/** @type {readonly (readonly [field: string, isValid: (value: unknown) => boolean, expected: string])[]} */
const EVENT_FIELDS = [
  ['id', isText, 'a non-empty string'],
  ['name', isText, 'a non-empty string'],
  ['ts', Number.isFinite, 'a number (milliseconds)'],
  ['boot', isCount, 'a whole number from 0'],
  ['seq', isCount, 'a whole number from 0'],
];

/**
 * @param {unknown} event
 * @param {unknown[]} contexts
 * @returns {string | null} why the event cannot be used
 */
const whyUnusable = (event, contexts) => {
  if (!isObject(event)) return 'an event must be an object';
  for (const [field, isValid, expected] of EVENT_FIELDS) {
    if (!isValid(event[field])) return `"${field}" must be ${expected}`;
  }
  if (!isObject(contexts[/** @type {number} */ (event.context)])) return '"context" must be an index into "contexts"';
  return null;
};

/** @param {unknown} body @returns {string | null} */
const whyNotABatch = (body) => {
  if (!isObject(body)) return 'the body must be a JSON object like {"schema":"minitrail/1","batch":[…]}';
  if (body.schema !== 'minitrail/1') return `"schema" must be "minitrail/1", not ${JSON.stringify(body.schema) ?? 'absent'}`;
  if (!isText(body.batch_id)) return '"batch_id" must be a non-empty string';
  if (!Number.isFinite(body.sent_at)) return '"sent_at" must be a number (milliseconds)';
  if (!Array.isArray(body.contexts)) return '"contexts" must be an array of objects';
  if (!Array.isArray(body.batch)) return '"batch" must be an array of events';
  if (body.drops !== undefined && !(isObject(body.drops) && Object.values(body.drops).every(isCount))) {
    return '"drops" must be an object of reason and count';
  }
  return null;
};

/**
 * Reads minitrail's `json` wire format.
 *
 * @param {string} text
 * @returns {{ batch: Batch } | { batch: null, error: string }} `error` means that nothing of the body was usable.
 */
export const parseBatch = (text) => {
  let body;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return { batch: null, error: `the body is not JSON: ${/** @type {Error} */ (error).message}` };
  }
  const error = whyNotABatch(body);
  if (error) return { batch: null, error };

  /** @type {Batch} */
  const batch = { batch_id: body.batch_id, sent_at: body.sent_at, accepted: [], rejected: [], drops: body.drops ?? {} };
  for (const event of body.batch) {
    const reason = whyUnusable(event, body.contexts);
    if (reason) batch.rejected.push({ id: isObject(event) && isText(event.id) ? String(event.id) : null, reason });
    else batch.accepted.push({ ...event, context: body.contexts[event.context] });
  }
  return { batch };
};
