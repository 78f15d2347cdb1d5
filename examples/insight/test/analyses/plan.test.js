import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMERCE_EVENTS } from '../../src/plan/commerceEvents.js';
import { OPEN_EVENTS, SDK_EVENTS } from '../../src/plan/sdkEvents.js';
import { checkPlan, planToTypeScript, trackingPlan } from '../../src/plan/trackingPlan.js';
import { at } from './helpers/createEvents.js';
import { createTestApi } from './helpers/testApi.js';

const root = new URL('../../../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');

let api;
beforeAll(async () => void (api = await createTestApi()));
afterAll(() => api.close());

test('has every event and property that the SDK may send, as its privacy page lists them', () => {
  const listed = {};
  for (const [, event, property] of read('docs/privacy.md').matchAll(/`([a-z_]+)\.([a-z_]+)`/g))
    (listed[event] ||= new Set()).add(property);
  const names = [...read('src/semantic.ts').matchAll(/EVENT_\w+ = '([a-z_]+)'/g)]
    .map(([, name]) => name)
    .filter((name) => name !== 'profile_');
  for (const name of names.filter((each) => !OPEN_EVENTS.includes(each))) {
    expect({ name, properties: Object.keys(SDK_EVENTS[name].properties).sort() }).toEqual({
      name,
      properties: [...listed[name]].sort(),
    });
  }
});

test('has the events of minitrail/commerce with the properties of their types', async () => {
  const { default: ts } = await import('typescript');
  const program = ts.createProgram([new URL('src/commerce.ts', root).pathname], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2020,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('src/commerce.ts'));
  const events = source.statements.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === 'CommerceEvents');
  const kindOf = (type) => {
    const text = checker.typeToString(checker.getNonNullableType(type));
    return /\[\]$/.test(text) ? 'list' : { string: 'text', number: 'number', boolean: 'bool' }[text] || text;
  };
  const described = Object.fromEntries(
    checker
      .getTypeAtLocation(events)
      .getProperties()
      .map((event) => {
        const properties = checker.getTypeOfSymbolAtLocation(event, events).getProperties();
        return [
          event.name,
          {
            properties: Object.fromEntries(
              properties.map((property) => [property.name, kindOf(checker.getTypeOfSymbolAtLocation(property, events))]).sort(),
            ),
            required: properties
              .filter(({ flags }) => !(flags & ts.SymbolFlags.Optional))
              .map(({ name }) => name)
              .sort(),
          },
        ];
      }),
  );
  const planned = Object.fromEntries(
    Object.entries(COMMERCE_EVENTS).map(([name, { properties, required }]) => [
      name,
      { properties: Object.fromEntries(Object.entries(properties).sort()), required: [...required].sort() },
    ]),
  );
  expect(planned).toEqual(described);
});

test('holds what arrives against the plan: unknown, missing, wrong, silent', async () => {
  await api.shop.fill([
    { v: 'x', t: at(48), name: 'product_viewed', props: { product_id: 'p1', price: 'cheap', colour: 'red' } },
    { v: 'x', t: at(48), name: 'product_viewed', props: { price: 5 } },
    { v: 'x', t: at(48), name: 'made_up', props: { a: 1 } },
    { v: 'x', t: at(30), name: 'search', props: { query: '12' } },
    { v: 'x', t: at(48), name: 'identify', type: 'identify', props: { anything: 1 } },
  ]);
  const { body } = await api.call('GET', '/api/plan/check?from=2026-09-01&to=2026-10-20');
  const found = (kind) =>
    body.problems
      .filter((problem) => problem.kind === kind)
      .map(({ event, property }) => [event, property].filter(Boolean).join('.'));
  expect(found('unknown_event')).toEqual(['made_up']);
  expect(found('unknown_property')).toEqual(['product_viewed.colour']);
  expect(found('wrong_type')).toEqual(['product_viewed.price']);
  expect(found('missing_property')).toEqual(['product_viewed.product_id']);
  expect(found('silent')).toEqual(['search']);
  expect(found('never_seen')).toContain('order_paid');
  await api.call('PUT', '/api/plan', [{ name: 'made_up', owner: 'ops', properties: { a: 'number' } }]);
  const later = await api.call('GET', '/api/plan/check?from=2026-09-01&to=2026-10-20');
  expect(later.body.problems.filter(({ event }) => event === 'made_up')).toEqual([]);
  expect((await api.call('PUT', '/api/plan', [{ name: 'x', properties: { a: 'money' } }])).status).toBe(400);
});

test('generates an event map that TypeScript accepts', async () => {
  const { default: ts } = await import('typescript');
  const text = planToTypeScript(
    trackingPlan([
      { name: '领券 */', properties: {} },
      { name: 'store_located', owner: 'ops', zh: '门店定位', properties: { 'city-name': 'text' }, required: ['city-name'] },
    ]),
  );
  const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
  expect(diagnostics).toEqual([]);
  expect(text).toContain('store_located: {\n    "city-name": string;');
  expect(text).toContain('order_id: string;');
  expect(checkPlan(trackingPlan(), [], '2026-01-01').every(({ kind }) => kind === 'never_seen')).toBe(true);
});
