import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createForward } from '../../examples/simulator/server/forward.mjs';
import { findViolations } from './findViolations.js';
import { launchChromium } from './launchChromium.js';
import { openPage, startWorld } from './startWorld.js';

const INSIGHT = fileURLToPath(new URL('../../examples/insight', import.meta.url));
const isReady = ['node_modules/fastify', 'page/dist/index.html'].every((path) => existsSync(join(INSIGHT, path)));
const WHY = isReady ? '' : ' (skipped: npm --prefix examples/insight ci && npm --prefix examples/insight run page first)';

const WIDTHS = [390, 768, 1440];
const POLL_MS = 50;
const PATIENCE_MS = 60_000;
/** axe looks at each report twelve times, on a machine that may be busy. */
const AXE_TIMEOUT_MS = 300_000;

/** The collector and store of `npm start`, on a free port and with a folder of their own. */
const startInsight = async () => {
  const { createServer } = await import('../../examples/insight/src/createServer.js');
  const { readConfig } = await import('../../examples/insight/src/readConfig.js');
  const dataFolder = mkdtempSync(join(tmpdir(), 'minitrail-insight-'));
  const server = await createServer(readConfig({ INSIGHT_DATA: dataFolder }));
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    /** Waits until as many events are in the reports. */
    async until(wanted) {
      let n = 0;
      for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
        await server.loading.settle();
        [{ n }] = await server.store.query('SELECT count(*) AS n FROM events');
        if (n >= wanted) return;
        await sleep(POLL_MS);
      }
      throw new Error(`insight has ${n} of ${wanted} events`);
    },
    async close() {
      await server.close();
      rmSync(dataFolder, { recursive: true });
    },
  };
};

const number = (text) => Number(text.replace(/[^\d.-]/g, ''));

describe.skipIf(!isReady)(`the report page${WHY}`, () => {
  let browser;
  let insight;
  let forward;
  let world;
  let report;
  let paid;
  const errors = [];

  /** Two customers: one looks at a phone and buys it, the other only looks at a mouse. */
  const visitShop = async () => {
    const shop = await openPage(browser, world.url);
    await shop.launch(1011);
    await shop.tap('#product-phone-x1');
    await shop.tap('#add-to-cart');
    await shop.tap('#go-cart');
    await shop.tap('#checkout');
    await shop.submitOrder();
    paid = number(await shop.onTop('#paid-amount').textContent());
    await shop.sendAll();
    await shop.press('visitor-B');
    await shop.onTop('.home').waitFor();
    await shop.agree();
    await shop.tap('#product-mouse-m1');
    await shop.onTop('#add-to-cart').waitFor();
    await shop.sendAll();
    expect(shop.errors).toEqual([]);
    await shop.close();
  };

  beforeAll(async () => {
    browser = await launchChromium();
    insight = await startInsight();
    forward = createForward(`${insight.url}/v1/events`);
    world = await startWorld({ onBatch: forward.send });
    await visitShop();
    await insight.until(new Set(world.arrivals().map(({ id }) => id)).size);
    const context = await browser.newContext({ locale: 'en-GB', colorScheme: 'light' });
    report = await context.newPage();
    report.setDefaultTimeout(PATIENCE_MS);
    report.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    report.on('pageerror', (error) => errors.push(String(error)));
    await report.goto(insight.url);
  }, PATIENCE_MS * 4);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
    forward?.close();
    await insight?.close();
  });

  const open = async (hash) => {
    await report.goto(`${insight.url}/#/${hash}`);
    await report.locator('main h1').waitFor();
    await report.locator('main [role=status]').waitFor({ state: 'detached' });
  };
  const read = async (locator) => number(await locator.first().textContent());
  const cell = (row, column) => read(row.locator(`[data-column="${column}"]`));

  it('tells the shop what was clicked, in its overview', async () => {
    await open('overview');
    const main = report.locator('main');
    await main.locator('[data-column="orders"]').first().waitFor();
    expect({
      active: await cell(main, 'active_people'),
      fresh: await cell(main, 'new_people'),
      buyers: await cell(main, 'buyers'),
      orders: await cell(main, 'orders'),
      revenue: await cell(main, 'revenue'),
    }).toEqual({ active: 2, fresh: 2, buyers: 1, orders: 1, revenue: paid });
    expect(paid).toBeGreaterThan(0);
  });

  it('shows in the funnel who went on and who did not', async () => {
    await open('funnel');
    const rows = report.locator('main tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(4);
    const reached = [];
    for (const row of await rows.all()) reached.push(await cell(row, 'reached'));
    expect(reached).toEqual([2, 1, 1, 1]);
  });

  it('counts each product for those who looked and those who bought', async () => {
    await open('products');
    const row = (product) => report.locator('main tbody tr').filter({ hasText: product });
    const columns = ['viewed', 'carted', 'bought', 'pieces'];
    const of = (product) => Promise.all(columns.map((column) => cell(row(product), column)));
    expect(await of('phone-x1')).toEqual([1, 1, 1, 1]);
    expect(await of('mouse-m1')).toEqual([1, 0, 0, 0]);
  });

  describe.each(['overview', 'trend', 'funnel', 'retention', 'channels', 'products', 'shareTree'])('its report %s', (id) => {
    it(
      'passes axe and does not overflow, at each width, in both themes and languages',
      async () => {
        await open(id);
        const found = [];
        for (let i = 0; i < 4; i++) {
          for (const width of WIDTHS) {
            await report.setViewportSize({ width, height: 900 });
            const at = await report.evaluate(
              () => `${document.documentElement.lang} ${document.documentElement.dataset.theme}`,
            );
            const wide = await report.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            if (wide > 0) found.push(`${at} ${width}: ${wide} px too wide`);
            found.push(...(await findViolations(report)).map((violation) => `${at} ${width}: ${violation}`));
          }
          // The language, the theme, the language back, the theme back.
          await report
            .locator('header > button')
            .nth(i % 2)
            .click();
        }
        expect(found).toEqual([]);
      },
      AXE_TIMEOUT_MS,
    );
  });

  it('says nothing on the console of the browser', () => {
    expect(errors).toEqual([]);
  });
});
