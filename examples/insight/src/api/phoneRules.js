import { refuse } from './refuse.js';

const MAX_RULES = 20;
/** With the tags, within what the SDK takes of one answer. */
const MAX_LENGTH = 3000;

const isText = (/** @type {unknown} */ value) => typeof value === 'string' && value !== '';
const tagsAskedFor = (/** @type {any[]} */ rules) => new Set(rules.flatMap(({ only }) => only?.tags ?? []));

/** Rules of the plugin `remoteRules`, as they came. What else is wrong in them, the phone's console says. */
export const readRules = (/** @type {unknown} */ body) => {
  if (!Array.isArray(body) || body.length > MAX_RULES) throw refuse(400, 'rules', `is no list of up to ${MAX_RULES} rules`);
  const ids = new Set();
  for (const rule of body) {
    const { id, when, then } = Object(rule);
    if (!isText(id) || !/^[\w.:-]{1,64}$/.test(id)) throw refuse(400, 'id', 'is no text of 1 to 64 letters, digits and _.:-');
    if (ids.has(id)) throw refuse(400, 'id', `${id} is there twice`);
    const events = [Object(when).event].flat();
    if (!events.length || !events.every(isText)) throw refuse(400, 'when', `${id} names no event`);
    if (!isText(then)) throw refuse(400, 'then', `${id} names no handler`);
    ids.add(id);
  }
  if (JSON.stringify(body).length > MAX_LENGTH) throw refuse(400, 'rules', `are more than ${MAX_LENGTH} characters`);
  return body;
};

/**
 * What the collector says to a phone: the rules, and of the tags of its person those that a rule asks for. Nothing where no
 * rules were given: then those of the app hold.
 */
export const saysTo = (/** @type {any} */ { settings, tags }, /** @type {string} */ anonymousId) => {
  const rules = settings.get('rules');
  if (!rules) return undefined;
  const asked = tagsAskedFor(rules);
  return { rules, tags: tags.ofInstallation(anonymousId).filter((/** @type {string} */ name) => asked.has(name)) };
};
