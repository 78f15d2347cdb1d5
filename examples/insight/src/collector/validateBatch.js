import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { LATEST_MS } from '../latestTime.js';

/** The package's own description of the format json(). */
const SCHEMA = new URL('../../../../src/formats/json.schema.json', import.meta.url);

/** The columns hold whole numbers of 32 bits. */
const MAX_INT = 2_147_483_647;
/** Names and ids become columns and lists to choose from. */
const MAX_NAME = 200;
const MAX_ID = 256;

/** @returns {any} the schema, as narrow as the tables are */
const narrowedSchema = () => {
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const { time, event, context } = schema.definitions;
  time.maximum = LATEST_MS;
  for (const key of ['boot', 'seq', 'context']) event.properties[key].maximum = MAX_INT;
  for (const key of ['session_index', 'share_depth']) context.properties[key].maximum = MAX_INT;
  event.properties.name.maxLength = MAX_NAME;
  event.properties.session_id.maxLength = MAX_ID;
  for (const key of ['anonymous_id', 'user_id']) context.properties[key].maxLength = MAX_ID;
  context.properties.ids.additionalProperties.maxLength = MAX_ID;
  schema.properties.batch_id.maxLength = MAX_ID;
  schema.properties.drops.additionalProperties.maximum = MAX_INT;
  return schema;
};

const fieldOf = (/** @type {import('ajv').ErrorObject} */ { instancePath, params, propertyName }) => {
  const path = instancePath.slice(1).replaceAll('/', '.');
  const missing = params.missingProperty ?? params.propertyName ?? propertyName;
  return [path, missing].filter(Boolean).join('.') || 'body';
};

/** @param {import('ajv').ValidateFunction} validate */
const problemOf = (validate) => {
  const error = /** @type {import('ajv').ErrorObject} */ (validate.errors?.[0]);
  return { field: fieldOf(error), message: error.message ?? 'is not as the schema says' };
};

/**
 * @typedef {object} Refusal
 * @property {string | undefined} id `undefined` where the event has none.
 * @property {string} field What is wrong, from the event: `ts`, or `context.platform`.
 * @property {string} message
 *
 * @typedef {{ field: string, message: string }} Problem
 * @typedef {object} Checked
 * @property {any} batch With the accepted events only.
 * @property {string[]} accepted
 * @property {Refusal[]} rejected
 */

/**
 * Checks batches. The whole is refused only for what all its events need; an event of a wrong form is refused alone.
 *
 * @returns {(batch: any) => Problem | Checked}
 */
export const createBatchCheck = () => {
  const schema = narrowedSchema();
  const ajv = new Ajv({ strict: false });
  const isWhole = ajv.compile(schema);
  const lenient = { ...schema, $id: 'envelope', properties: { ...schema.properties } };
  lenient.properties.batch = { type: 'array', minItems: 1 };
  lenient.properties.contexts = { type: 'array', minItems: 1 };
  const isEnvelope = ajv.compile(lenient);
  const part = (/** @type {string} */ name) =>
    ajv.compile({ $id: name, $ref: `#/definitions/${name}`, definitions: schema.definitions });
  const isEvent = part('event');
  const isContext = part('context');

  /** @param {any} batch @returns {Checked} */
  const checkEach = (batch) => {
    const contexts = batch.contexts.map((/** @type {unknown} */ context) =>
      isContext(context) ? undefined : problemOf(isContext),
    );
    /** @type {any[]} */
    const good = [];
    /** @type {Refusal[]} */
    const rejected = [];
    for (const event of batch.batch) {
      const id = typeof event?.id === 'string' ? event.id.slice(0, MAX_ID) : undefined;
      if (!isEvent(event)) rejected.push({ id, ...problemOf(isEvent) });
      else if (event.context >= contexts.length) rejected.push({ id, field: 'context', message: 'is not in contexts' });
      else if (contexts[event.context]) {
        const { field, message } = contexts[event.context];
        rejected.push({ id, field: `context.${field}`, message });
      } else good.push(event);
    }
    // Contexts that are wrong are left out of the journal; their places stay, since events name them by place.
    const kept = batch.contexts.map((/** @type {unknown} */ context, /** @type {number} */ index) =>
      contexts[index] ? {} : context,
    );
    return { batch: { ...batch, contexts: kept, batch: good }, accepted: good.map(({ id }) => id), rejected };
  };

  return (batch) => {
    if (isWhole(batch) && batch.batch.every((/** @type {any} */ { context }) => context < batch.contexts.length)) {
      return { batch, accepted: batch.batch.map((/** @type {any} */ { id }) => id), rejected: [] };
    }
    if (!isEnvelope(batch)) return problemOf(isEnvelope);
    return checkEach(batch);
  };
};
