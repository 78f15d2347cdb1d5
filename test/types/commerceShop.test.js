import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { compileShop, isPackageBuilt, openShop } from '../shop/openShop.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const commerce = fileURLToPath(new URL('../../src/commerce.ts', import.meta.url));

/** What TypeScript says of these events as `CommerceEvents`; nothing when they fit. */
const complaintsOf = (events) => {
  const file = `${folder}shop.ts`;
  const lines = events.map(
    ({ name, properties }) => `({ ${JSON.stringify(name)}: ${JSON.stringify(properties)} }) satisfies Partial<CommerceEvents>;`,
  );
  const text = `import type { CommerceEvents } from '../../src/commerce';\n${lines.join('\n')}`;
  const options = { strict: true, noEmit: true, exactOptionalPropertyTypes: true, types: [], lib: ['lib.es2019.d.ts'] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2019) : getSourceFile(path, ...rest);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
};

describe('CommerceEvents', () => {
  it('is a type alone', () => {
    const options = { module: ts.ModuleKind.ESNext, removeComments: true };
    expect(ts.transpile(readFileSync(commerce, 'utf8'), options).trim()).toBe('export {};');
  });

  it.skipIf(!isPackageBuilt)('fits what the shop tracks on the way to an order', async () => {
    const shop = await openShop({ project: await compileShop() });
    await shop.tap('#claim-coupon', '#product-phone-x1', '#add-to-cart', '#go-cart', '#checkout', '#submit-order');
    const events = await shop.trackedEvents();
    shop.host.kill();
    expect(events.map(({ name }) => name)).toEqual(expect.arrayContaining(['product_viewed', 'product_added', 'order_paid']));
    expect(complaintsOf(events)).toEqual([]);
  });

  it.each([
    ['a name of its own', { name: 'add_to_cart', properties: {} }],
    ['a missing property', { name: 'order_paid', properties: { order_id: '42', items: [] } }],
    ['a price in words', { name: 'product_viewed', properties: { product_id: 'p1', price: '4,999' } }],
    ['a property of its own', { name: 'product_viewed', properties: { product_id: 'p1', colour: 'red' } }],
  ])('refuses %s', (_, event) => {
    expect(complaintsOf([event])).toHaveLength(1);
  });
});
