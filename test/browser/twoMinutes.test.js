import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from './findViolations.js';
import { launchChromium } from './launchChromium.js';
import { openPage } from './startWorld.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const INSIGHT = join(ROOT, 'examples/insight');
const isReady = ['node_modules/fastify', 'page/dist/index.html'].every((path) => existsSync(join(INSIGHT, path)));
const WHY = isReady ? '' : ' (skipped: npm --prefix examples/insight ci && npm --prefix examples/insight run page first)';
const POLL_MS = 100;
const PATIENCE_MS = 60_000;
/** The value of the shop's page for somebody who has not had a phone yet. */
const NEW_VISITOR = '';

/** `npm start` itself, on free ports and with a folder of its own for what it collects. */
const npmStart = async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'minitrail-start-'));
  const child = spawn(process.execPath, ['examples/simulator/start.mjs'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', INSIGHT_DATA: dataFolder },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      printed += text;
    });
  const addressAfter = async (name) => {
    for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
      const [, url] = new RegExp(`^${name}: (http\\S+)$`, 'm').exec(printed) ?? [];
      if (url) return url;
      await sleep(POLL_MS);
    }
    throw new Error(`npm start never printed ${name}; it printed ${printed}`);
  };
  return {
    insight: await addressAfter('insight'),
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      rmSync(dataFolder, { recursive: true });
    },
  };
};

/** Text of a chart, and buttons that are a symbol: their colours are those of all text, of which the page's test computes the contrast. */
const KNOWN = '.chart svg *, .symbol';

const number = (text) => Number(text.replace(/[^\d.-]/g, ''));

describe.skipIf(!isReady)(`two minutes as a customer of npm start${WHY}`, () => {
  let browser;
  let stack;
  let report;
  let paid;
  const errors = [];

  const until = async (sql, wanted) => {
    const headers = { 'content-type': 'application/json' };
    for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
      const answer = await fetch(`${stack.insight}/api/sql`, { method: 'POST', headers, body: JSON.stringify({ sql }) });
      if ((await answer.json()).rows?.[0].n === wanted) return;
      await sleep(POLL_MS);
    }
    throw new Error(`insight never had ${wanted}: ${sql}`);
  };
  const open = async (hash) => {
    await report.goto(`${stack.insight}/#/${hash}`);
    await report.locator('main h1').waitFor();
    // Of parts that are loaded on their own each says so.
    await expect.poll(() => report.locator('main [role=status]').count(), { timeout: PATIENCE_MS }).toBe(0);
  };
  /** The cells of a row that holds the text. */
  const cellsOf = async (text, columns) => {
    const row = report.locator('main tbody tr').filter({ hasText: text }).first();
    await row.waitFor();
    const cells = [];
    for (const column of columns) cells.push([column, number(await row.locator(`[data-column="${column}"]`).textContent())]);
    return Object.fromEntries(cells);
  };

  const goHome = async (shop) => {
    await shop.tapPhone('.phone-nav-left');
    await shop.onTop('.home').waitFor();
  };
  /** Looks at the phone for the third time, when the coupon is offered. */
  const hesitate = async (shop, isTaken) => {
    for (let look = 1; look <= 3; look++) {
      if (look > 1) await goHome(shop);
      await shop.tap('#product-phone-x1');
      await shop.onTop('#add-to-cart').waitFor();
    }
    await shop.phone.getByText('再送你一张券').waitFor();
    await shop.answer(isTaken);
  };
  const sendWatchTo = async (shop, visitor) => {
    await shop.tap('#product-watch-s2');
    await shop.tap('#share');
    await shop.byTestId('share-visitor').selectOption(visitor);
    await shop.press('share-open');
    await shop.agree();
    await shop.onTop('#add-to-cart').waitFor();
  };

  /**
   * Ann scans a code, hesitates, does not want the coupon, fills the cart and leaves it, but sends a card to Bo. Bo hesitates,
   * takes the coupon, buys, and sends a card to Cy, who only looks.
   */
  const visitShop = async () => {
    const shop = await openPage(browser, `${stack.insight}/shop`);
    await shop.byTestId('report').waitFor();
    await shop.launch(1011);
    // Beside a report that is watched a tap does not wait for the usual fifteen seconds.
    expect(await shop.phone.locator('body').evaluate(() => window.wx.getExtConfigSync().flushIntervalMs)).toBe(1000);
    await hesitate(shop, false);
    await shop.tap('#add-to-cart');
    await goHome(shop);
    await sendWatchTo(shop, 'B');
    await goHome(shop);
    await hesitate(shop, true);
    await shop.tap('#add-to-cart');
    await shop.tap('#go-cart');
    await shop.tap('#checkout');
    await shop.submitOrder();
    paid = number(await shop.onTop('#paid-amount').textContent());
    await shop.tap('#back-home');
    await sendWatchTo(shop, NEW_VISITOR);
    await shop.sendAll();
    expect(shop.errors).toEqual([]);
    await shop.close();
  };

  beforeAll(async () => {
    browser = await launchChromium();
    stack = await npmStart();
    report = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    report.setDefaultTimeout(PATIENCE_MS);
    report.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    report.on('pageerror', (error) => errors.push(String(error)));
  }, PATIENCE_MS * 2);
  afterAll(async () => {
    await browser?.close();
    await stack?.close();
  });

  it('leads from the report to the shop and back', async () => {
    await open('overview');
    await report.getByRole('banner').getByRole('link', { name: 'The shop' }).click();
    await report.waitForURL(`${stack.insight}/shop/`);
    await report.locator('[data-testid="connection"][data-connected="true"]').waitFor();
    await report.locator('[data-testid="report"]').click();
    await report.waitForURL(`${stack.insight}/**`);
  });

  it('shows a click in the report while it is open', async () => {
    await report.goto(`${stack.insight}/#/live`);
    await report.getByText('Connected', { exact: false }).first().waitFor();
    await visitShop();
    await until("SELECT count(*) AS n FROM events WHERE name = 'product_viewed'", 10);
    await report.locator('main td', { hasText: 'order_paid' }).first().waitFor();
    await report.locator('dd[data-column="orders"]', { hasText: '1' }).waitFor();
    await report.locator('main select').selectOption('order_paid');
    expect(await report.locator('main tbody tr').count()).toBe(1);
  });

  it('tells by which channel they came', async () => {
    await open('channels?by=group');
    expect(await cellsOf('Scan', ['new_people', 'orders'])).toEqual({ new_people: 1, orders: 0 });
    expect(await cellsOf('Shared in a chat', ['new_people', 'orders', 'revenue'])).toEqual({
      new_people: 2,
      orders: 1,
      revenue: paid,
    });
  });

  it('tells whom they brought and what that is worth, by the keyboard', async () => {
    await open('shareTree');
    const rows = report.locator('[role=treegrid] tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(2);
    const money = ['own_revenue', 'revenue', 'chain_revenue'];
    const of = async (row, columns) => {
      const cells = columns.map((column) => row.locator(`[data-column="${column}"]`).textContent());
      return (await Promise.all(cells)).map(number);
    };
    expect(await of(rows.nth(0), [...money, 'new_people'])).toEqual([0, paid, paid, 1]);
    expect(await of(rows.nth(1), [...money, 'new_people'])).toEqual([paid, 0, 0, 1]);
    expect(await rows.nth(1).getAttribute('aria-level')).toBe('2');
    await rows.first().focus();
    await report.keyboard.press('ArrowLeft');
    expect(await rows.count()).toBe(1);
    expect(await rows.first().getAttribute('aria-expanded')).toBe('false');
    await report.keyboard.press('ArrowRight');
    await report.keyboard.press('ArrowDown');
    expect(await report.evaluate(() => document.activeElement.getAttribute('aria-level'))).toBe('2');
    await report.locator('.chart svg text').first().waitFor();
    expect(await report.locator('.chart svg text').count()).toBeGreaterThanOrEqual(2);
  });

  it('has a share tree that passes axe and does not overflow, in both themes', async () => {
    const found = [];
    for (let theme = 0; theme < 2; theme++) {
      for (const width of [320, 390, 1440]) {
        await report.setViewportSize({ width, height: 900 });
        const wide = await report.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) found.push(`${width}: ${wide} px too wide`);
        if (width > 320) found.push(...(await findViolations(report, { known: KNOWN })));
      }
      await report.locator('header > button').nth(1).click();
    }
    await report.setViewportSize({ width: 1280, height: 800 });
    expect(found).toEqual([]);
  });

  it('tells of the buyer who brought them and whom they brought', async () => {
    await open('shareTree');
    await report.locator('[role=treegrid] tbody tr a').nth(1).click();
    await report.locator('main .visit').first().waitFor();
    expect(number(await report.locator('dd[data-column="revenue"]').textContent())).toBe(paid);
    expect(await report.locator('dd[data-column="came_by"]').textContent()).toContain('Shared in a chat');
    const sharer = await report.locator('dd[data-column="brought_by"] a').getAttribute('title');
    expect(await report.locator('td[data-column="person"]').count()).toBe(1);
    await report.locator('dd[data-column="brought_by"] a').click();
    await report.locator('main p.id', { hasText: sharer }).waitFor();
    await report.locator('dd[data-column="came_by"]', { hasText: 'Scan' }).waitFor();
  });

  it('shows the funnel with the drop that was made', async () => {
    await open('funnel');
    const rows = report.locator('main .funnel tbody tr');
    await rows.first().waitFor();
    const all = await rows.evaluateAll((list) =>
      list.map((row) => ['reached', 'lost'].map((column) => row.querySelector(`[data-column="${column}"]`).textContent.trim())),
    );
    expect(all).toEqual([
      ['3', '–'],
      ['2', '1'],
      ['1', '1'],
      ['1', '0'],
    ]);
  });

  it('tells whom the coupon was shown, who took it, and that it was used', async () => {
    await open('triggers');
    const only = async (columns) => {
      const cells = columns.map((column) => report.locator(`main dd[data-column="${column}"]`).first().textContent());
      return (await Promise.all(cells)).map(number);
    };
    await report.locator('main dd[data-column="rule"]', { hasText: 'hesitates' }).waitFor();
    expect(await only(['shown', 'taken', 'take_rate', 'bought'])).toEqual([2, 1, 50, 1]);
    await open('coupons');
    await report.locator('main dd[data-column="coupon_id"]', { hasText: 'STAY30' }).waitFor();
    expect(await only(['claimed', 'used', 'orders', 'revenue'])).toEqual([1, 1, 1, paid]);
  });

  it('says nothing on the console of the browser', () => {
    expect(errors).toEqual([]);
  });
});
