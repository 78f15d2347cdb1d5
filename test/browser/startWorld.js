import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../../examples/simulator/server.mjs';

const POLL_MS = 25;
const PATIENCE_MS = 8000;

const linesOf = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/**
 * The real server of `npm start`, on a free port and with a file of its own.
 *
 * @param {{ onBatch?: (body: string) => void }} [options]
 */
export const startWorld = async (options = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'minitrail-shop-'));
  const file = join(folder, 'events.ndjson');
  const server = await startServer({ ...options, port: 0, file, quiet: true });

  /** Every arrival in the file of one installation, repeats included, in the order of capture. */
  const arrivals = (anonymousId) =>
    linesOf(file)
      .filter(({ context }) => anonymousId === undefined || context.anonymous_id === anonymousId)
      .sort((a, b) => a.boot - b.boot || a.seq - b.seq);

  return {
    url: server.url,
    port: Number(new URL(server.url).port),
    collector: server.collector,
    arrivals,
    /** Waits for what the file must show. */
    async until(isTrue, what) {
      for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
        if (isTrue(arrivals())) return arrivals();
        await sleep(POLL_MS);
      }
      throw new Error(`the collector never had ${what}; it has ${arrivals().map(({ name }) => name)}`);
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
};

/**
 * A person at the page of `npm start`.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {{ touch?: boolean, language?: 'zh' | 'en' }} [options]
 */
export const openPage = async (browser, url, { touch = false, language = 'zh' } = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: touch });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));

  const phone = page.frameLocator('[data-testid="phone-frame"]:not(.retired)');
  const press = (locator) => (touch ? locator.tap() : locator.click());
  const byTestId = (id) => page.locator(`[data-testid="${id}"]`);
  /** On the page that is on top; the ones below keep their elements. */
  const onTop = (selector) => phone.locator(`.phone-page-box:not([hidden]) ${selector}`);

  /** Agrees to be tracked, if this phone was not asked before. */
  const agree = async () => {
    await phone.locator('.phone-page-box:not([hidden])').waitFor();
    const isAsked = await phone.locator('body').evaluate(() => {
      const visitor = new URLSearchParams(location.search).get('visitor');
      return localStorage.getItem(`sim:${visitor}:shop:consent`) !== null;
    });
    if (!isAsked) await press(phone.locator('.phone-modal .primary'));
  };

  await page.goto(`${url}/?launch=0&lang=${language}`);
  return {
    context,
    page,
    phone,
    errors,
    byTestId,
    onTop,
    /** Taps an element of the shop. */
    tap: (selector) => press(onTop(selector)),
    /** Taps the phone around the shop: bars, capsule, menus. */
    tapPhone: (selector) => press(phone.locator(selector)),
    /** Presses a button of the page. */
    press: (id) => press(byTestId(id)),
    text: (id) => byTestId(id).textContent(),
    /** Chooses who holds the phone and how they come in, and launches. */
    async launch(scene) {
      if (scene) await byTestId('scene').selectOption(String(scene));
      await press(byTestId('launch'));
      await onTop('.home').waitFor();
      await agree();
    },
    agree,
    /** Answers the dialog that is open. */
    answer: (isYes) => press(phone.locator(`.phone-modal-buttons ${isYes ? '.primary' : ':not(.primary)'}`)),
    /** Places the order, and lets the shop send messages about it. */
    async submitOrder() {
      await press(onTop('#submit-order'));
      await press(phone.locator('.phone-modal .primary'));
    },
    answers: (mode) => byTestId(`answers-${mode}`).check({ force: true }),
    /** Presses "send now" until the phone has nothing left to send: what was seen is told later, and waits for the next time. */
    async sendAll() {
      await press(byTestId('flush'));
      // What the page shows is up to a second old.
      const waiting = () => phone.locator('body').evaluate(() => window.getApp().tracker.stats().waiting);
      for (let waited = POLL_MS; (await waiting()) > 0; waited += POLL_MS) {
        if (waited % 1000 === 0) await press(byTestId('flush'));
        if (waited > PATIENCE_MS) throw new Error(`${await waiting()} events still wait`);
        await sleep(POLL_MS);
      }
      await page.waitForFunction(() => document.querySelector('[data-testid="stats-waiting"]')?.textContent === '0');
    },
    /** What the visitor's phone stores: WeChat's keys and values. */
    storage: (visitor = 'A') =>
      page.evaluate((prefix) => {
        const mine = Object.entries(localStorage).filter(([key]) => key.startsWith(prefix));
        return Object.fromEntries(mine.map(([key, value]) => [key.slice(prefix.length), value]));
      }, `sim:${visitor}:`),
    close: () => context.close(),
  };
};
