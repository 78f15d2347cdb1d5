/** Objects whose names are the app's: links, attributes, ids. They are one field each. */
const OPEN = ['query', 'dataset', 'ids', 'drops'];
/** Types of events whose names and properties are the app's. */
const OWN = /^own_/;

const flatten = (prefix, object) =>
  Object.entries(object).flatMap(([name, value]) => {
    // On every event, by `register()`.
    if (name === 'own_registered') return ['register.*'];
    const field = `${prefix}.${OWN.test(name) ? '*' : name}`;
    const isOpen = OPEN.includes(name) || OWN.test(name) || Array.isArray(value);
    return value && typeof value === 'object' && !isOpen ? flatten(field, value) : [field];
  });

/**
 * The fields of a batch, as docs/privacy.md names them: `batch_id` of the envelope, `context.device.brand`, `event.id`,
 * `app_launch.query` of an event that the package names, `track.*` of one that the app names. Names that begin with
 * `own_` are the app's: `*`.
 */
export const fieldsOf = ({ contexts, batch, ...envelope }) => [
  ...Object.keys(envelope),
  ...contexts.flatMap((context) => flatten('context', context)),
  ...batch.flatMap(({ properties, ...event }) => [
    ...Object.keys(event).map((name) => `event.${name}`),
    ...flatten(event.type === 'track' ? 'track' : event.name, properties),
  ]),
];
