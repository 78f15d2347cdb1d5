import { COMMERCE_EVENTS } from './commerceEvents.js';
import { OPEN_EVENTS, SDK_EVENTS } from './sdkEvents.js';

const TYPES = ['text', 'number', 'bool', 'list', 'object'];
const MAX_EVENTS = 2000;

/** What is wrong with an event of a plan that somebody typed in, or `undefined`. */
export const planProblem = (event) => {
  if (!event || typeof event.name !== 'string' || !/^[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff.$-]{0,127}$/.test(event.name))
    return 'an event needs a name';
  const properties = Object.entries(event.properties || {});
  const wrong = properties.find(([key, type]) => !key || key.length > 128 || !TYPES.includes(type));
  if (wrong) return `${event.name}: ${wrong[0]} has no known type (${TYPES.join(', ')})`;
  const missing = (event.required || []).find((key) => !Object.hasOwn(event.properties || {}, key));
  return missing === undefined ? undefined : `${event.name}: ${missing} is required and not described`;
};

/** The dictionary of the SDK, the events of a shop, and what the merchant added or changed. */
export const trackingPlan = (added = []) => {
  const plan = { ...SDK_EVENTS, ...COMMERCE_EVENTS };
  for (const { name, ...event } of added.slice(0, MAX_EVENTS))
    plan[name] = { owner: '', type: 'track', required: [], en: '', zh: '', properties: {}, ...event };
  return plan;
};

/** What arrived, held against the plan: rows of `planFacts`, the silent ones since `silentBefore`. */
export const checkPlan = (plan, facts, silentBefore) => {
  const events = new Map(facts.filter(({ prop_key }) => prop_key === '').map((row) => [row.name, row]));
  const found = facts.filter(({ name, prop_key }) => prop_key !== '' && !OPEN_EVENTS.includes(name));
  const problems = [];
  for (const [name, { events: n, last_day }] of events) {
    if (!plan[name] && !OPEN_EVENTS.includes(name)) problems.push({ kind: 'unknown_event', event: name, events: n, last_day });
  }
  for (const { name, prop_key, kind, events: n, last_day } of found) {
    const type = plan[name]?.properties[prop_key];
    if (!plan[name]) continue;
    if (!type) problems.push({ kind: 'unknown_property', event: name, property: prop_key, seen: kind, events: n, last_day });
    // Text that looks like a number, a word or a list is text all the same.
    else if (type !== kind && type !== 'text')
      problems.push({ kind: 'wrong_type', event: name, property: prop_key, planned: type, seen: kind, events: n, last_day });
  }
  for (const [name, { required, owner }] of Object.entries(plan)) {
    const arrived = events.get(name);
    if (!arrived || arrived.last_day < silentBefore) {
      problems.push({ kind: arrived ? 'silent' : 'never_seen', event: name, owner, last_day: arrived?.last_day ?? null });
    }
    for (const key of arrived ? required : []) {
      const given = found.filter((row) => row.name === name && row.prop_key === key).reduce((sum, row) => sum + row.events, 0);
      if (given < arrived.events)
        problems.push({ kind: 'missing_property', event: name, property: key, owner, events: arrived.events - given });
    }
  }
  return problems;
};

const TYPESCRIPT = {
  text: 'string',
  number: 'number',
  bool: 'boolean',
  list: 'readonly unknown[]',
  object: 'Readonly<Record<string, unknown>>',
};
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const comment = (text) => text.replaceAll('*/', '* /').replace(/\s+/g, ' ').trim();

/** The event map for `createTracker<Events>()`, so that the plan and the code agree: what the app itself tracks. */
export const planToTypeScript = (plan) => {
  const members = Object.entries(plan)
    .filter(([, { type }]) => type === 'track')
    .map(([name, { properties, required, en, zh, owner }]) => {
      const text = comment([zh || en, owner && `@owner ${owner}`].filter(Boolean).join(' '));
      const fields = Object.entries(properties).map(
        ([property, type]) => `    ${key(property)}${required.includes(property) ? '' : '?'}: ${TYPESCRIPT[type]};`,
      );
      return `${text ? `  /** ${text} */\n` : ''}  ${key(name)}: {\n${fields.join('\n')}\n  };`;
    });
  return `// Generated from the tracking plan.\nexport interface Events {\n${members.join('\n')}\n}\n`;
};
