import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PALETTES } from '../../examples/insight/page/src/palette.js';
import { makeBatch, makeEvent } from '../../examples/insight/test/helpers/makeBatch.js';
import { createForward } from '../../examples/simulator/server/forward.mjs';
import { findViolations } from './findViolations.js';
import { launchChromium } from './launchChromium.js';
import { openPage, startWorld } from './startWorld.js';

const INSIGHT = fileURLToPath(new URL('../../examples/insight', import.meta.url));
const isReady = ['node_modules/fastify', 'page/dist/index.html'].every((path) => existsSync(join(INSIGHT, path)));
const WHY = isReady ? '' : ' (skipped: npm --prefix examples/insight ci && npm --prefix examples/insight run page first)';

const WIDTHS = [390, 768, 1440];
/** The narrowest phone: looked at for what does not fit, not by axe. */
const NARROW = 320;
const POLL_MS = 50;
const PATIENCE_MS = 60_000;
/** axe looks at each report twelve times, on a machine that may be busy. */
const AXE_TIMEOUT_MS = 300_000;

/** The collector and store of `npm start`, on a free port and with a folder of their own. */
const startInsight = async (env = {}) => {
  const { createServer } = await import('../../examples/insight/src/createServer.js');
  const { readConfig } = await import('../../examples/insight/src/readConfig.js');
  const dataFolder = mkdtempSync(join(tmpdir(), 'minitrail-insight-'));
  const server = await createServer(readConfig({ INSIGHT_DATA: dataFolder, ...env }));
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

/** Text of a chart, text on a bar that is a gradient, and arrows: the page's own test computes their contrast from the palette. */
const KNOWN = '.chart svg *, .bar, .bar strong, [data-move]';
/** What the first customer pressed, as the events tell it. */
const BOUGHT = ['product_viewed', 'product_added', 'checkout_started', 'order_paid'];

/** Numbers that stand alone, counts of rows and counts in a list to choose from, without the mark that tells what they count. */
const findBare = () => [
  ...[...document.querySelectorAll('.numbers dd:not(.text)')]
    .filter((number) => !number.previousElementSibling.querySelector('.tip'))
    .map((number) => `no definition: ${number.dataset.column}`),
  ...[...document.querySelectorAll('.pager, figure + .quiet')]
    .filter((rows) => /\d/.test(rows.textContent) && !rows.querySelector('.tip'))
    .map((rows) => `no definition: ${rows.textContent}`),
  ...[...document.querySelectorAll('main label select')]
    .filter((select) => [...select.options].some(({ text }) => /\(\d[\d,]*\)$/.test(text)))
    .filter((select) => !select.closest('label').nextElementSibling?.matches('.tip'))
    .map((select) => `no definition: ${select.selectedOptions[0].text}`),
];

/** On the narrowest phone: names of tables of which the end is not seen, and buttons of a step that fall below it. */
const findCut = () => [
  ...[...document.querySelectorAll('main caption')]
    .filter((caption) => caption.getBoundingClientRect().right > innerWidth)
    .map((caption) => `cut: ${caption.textContent.trim()}`),
  ...[...document.querySelectorAll('.steps .row')]
    .filter((row) => new Set([...row.querySelectorAll('button')].map(({ offsetTop }) => offsetTop)).size > 1)
    .map((row) => `in two lines: ${row.textContent.trim()}`),
];

const PRODUCT = 'pages/product/index';

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

  /** Of a visitor of their own, past the shop. */
  const sendEvents = async (names) => {
    const sent_at = Date.now();
    const boot = Math.floor(sent_at / 1000);
    const events = names.map((name, seq) => makeEvent({ name, seq, boot, ts: sent_at }));
    const body = JSON.stringify(makeBatch({ sent_at, events }));
    const headers = { 'content-type': 'application/json' };
    const { status } = await fetch(`${insight.url}/v1/events`, { method: 'POST', headers, body });
    expect(status).toBe(200);
  };
  const open = async (hash) => {
    await report.goto(`${insight.url}/#/${hash}`);
    await report.locator('main h1').waitFor();
    // Of parts that are loaded on their own each says so.
    await expect.poll(() => report.locator('main [role=status]').count(), { timeout: PATIENCE_MS }).toBe(0);
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

  it('draws its charts light for paper, whatever the theme', async () => {
    await open('eventNames');
    const legend = () => report.locator('.chart svg text').first().getAttribute('fill');
    await report.locator('.chart svg text').first().waitFor();
    await report.evaluate(() => document.querySelectorAll('header > button')[1].click());
    await expect.poll(legend).toBe(PALETTES.dark.quiet);
    await report.emulateMedia({ media: 'print' });
    await expect.poll(legend).toBe(PALETTES.light.quiet);
    await report.emulateMedia({ media: 'screen' });
    await expect.poll(legend).toBe(PALETTES.dark.quiet);
    await report.evaluate(() => document.querySelectorAll('header > button')[1].click());
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

  it('draws the ways through the pages, and leads from one to as many people as the table tells', async () => {
    await open('paths');
    const rows = report.locator('main tbody tr');
    await rows.first().waitFor();
    const first = rows.first();
    const texts = await first.locator('[data-column="node"], [data-column="next_node"]').allTextContents();
    expect(texts.map((each) => each.trim())).toEqual(['pages/home/index', PRODUCT]);
    const [sessions, people] = [await cell(first, 'sessions'), await cell(first, 'people')];
    await report
      .locator('.chart svg text', { hasText: `${sessions} home` })
      .first()
      .waitFor();
    await first.locator('[data-column="people"] a').click();
    await report.locator('main .people a').first().waitFor();
    expect(await report.locator('main .people a').count()).toBe(people);
    await report.goBack();
    // The bar at the left edge, which is the first page.
    const bar = report.locator('.chart svg path[fill="#1659b7"]').first();
    await bar.waitFor();
    await bar.click();
    await report.waitForURL(/page=pages%2Fhome%2Findex/);
  });

  /** The person who bought, by the links that a merchant follows. */
  const openBuyer = async () => {
    await open('funnel');
    await report.locator('main tbody tr').last().locator('[data-column="people"] a').click();
    await report.locator('main .people a').click();
    await report.locator('main .visit').first().waitFor();
  };

  it('leads from a step of the funnel to the one who bought, and to what they pressed, in order', async () => {
    await openBuyer();
    const visits = report.locator('main .visit');
    expect(await visits.count()).toBe(1);
    const names = await visits.locator('li strong').allTextContents();
    expect(names.filter((name) => BOUGHT.includes(name))).toEqual(BOUGHT);
    const { context } = world.arrivals().find(({ name }) => name === 'order_paid');
    const captured = new Map(world.arrivals(context.anonymous_id).map(({ id, name }) => [id, name]));
    expect(names).toEqual([...captured.values()]);
    expect(await cell(report.locator('main'), 'net')).toBe(paid);
    // The list of reports, which a phone has instead of the links, says where one is.
    expect(await report.locator('header select option:checked').textContent()).toBe('One person');
    expect(await report.title()).toBe('One person · minitrail insight');
    await report.goBack();
    await report.goBack();
    await report.locator('main .funnel').waitFor();
  });

  const runSql = async (sql) => {
    await report.locator('textarea').fill(sql);
    await report.locator('textarea').press('Control+Enter');
    await report.locator('main td').first().waitFor();
  };

  it("shows and saves the rows of SQL of one's own, and keeps it in the address", async () => {
    await open('sql');
    const sql = "SELECT name, count(*) AS n FROM events WHERE name IN ('order_paid', 'product_viewed') GROUP BY 1 ORDER BY 1";
    await runSql(sql);
    expect(await report.locator('main th').allTextContents()).toEqual(['name', 'n']);
    expect(await report.locator('main td').allTextContents()).toEqual(['order_paid', '1', 'product_viewed', '2']);
    const [file] = await Promise.all([report.waitForEvent('download'), report.locator('form button').last().click()]);
    expect(
      readFileSync(await file.path(), 'utf8')
        .replace('\uFEFF', '')
        .trim()
        .split(/\r?\n/),
    ).toEqual(['name,n', 'order_paid,1', 'product_viewed,2']);
    await report.reload();
    expect(await report.locator('textarea').inputValue()).toBe(sql);
  });

  /** A picture that the browser itself draws, as somebody would choose a screenshot. */
  const choosePicture = async () => {
    const url = await report.evaluate(() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 780, height: 1500 });
      return canvas.toDataURL('image/png');
    });
    const buffer = Buffer.from(url.split(',')[1], 'base64');
    await report.locator('input[type=file]').setInputFiles({ name: 'home.png', mimeType: 'image/png', buffer });
    await report.locator('.screen img').waitFor();
  };
  const openHeat = async () => {
    await open('heat?page=pages/product/index');
    await report.locator('.screen svg rect').first().waitFor();
  };

  it('lays taps over a picture of the page, which this browser keeps, beside the elements', async () => {
    await openHeat();
    await report.locator('main td', { hasText: 'add-to-cart' }).first().waitFor();
    const taps = await report
      .locator('main .heat')
      .getByRole('table')
      .last()
      .locator('td[data-column="taps"]')
      .allTextContents();
    const told = world.arrivals().filter(({ name, properties }) => name === 'tap' && properties.page_path === PRODUCT);
    expect(taps.map(number).reduce((sum, n) => sum + n, 0)).toBe(told.length);
    expect(told.length).toBeGreaterThan(1);
    await choosePicture();
    await report.reload();
    await report.locator('.screen img').waitFor();
    await report
      .locator('input[type=file]')
      .setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no') });
    await report.locator('main [role=alert]').waitFor();
    await report.getByRole('button', { name: 'Remove the picture' }).click();
    await report.locator('.screen img').waitFor({ state: 'detached' });
    await report.reload();
    await report.locator('.screen svg rect').first().waitFor();
    expect(await report.locator('.screen img').count()).toBe(0);
  });

  it('follows the shop again once the stream that was refused is there', async () => {
    const page = await report.context().newPage();
    await page.route('**/api/live', (route) => route.fulfill({ status: 502, body: '' }));
    await page.goto(`${insight.url}/#/live`);
    await page.getByText('Not connected').waitFor();
    await page.unroute('**/api/live');
    await page.getByText('Connected ·').waitFor();
    const opened = page.locator('main td', { hasText: 'page_view' });
    expect(await opened.count()).toBe(0);
    await page.getByRole('button', { name: 'Pause' }).click();
    await sendEvents(['live_one']);
    await page.getByText('Came meanwhile: 1').waitFor();
    expect(await page.locator('main td', { hasText: 'live_one' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.locator('main td', { hasText: 'live_one' }).waitFor();
    await page.close();
  });

  const PLACES = {
    person: openBuyer,
    sql: () => open('sql').then(() => runSql('SELECT * FROM events LIMIT 20')),
    heat: () => openHeat().then(choosePicture),
    live: async () => {
      await report.goto(`${insight.url}/#/live`);
      await report.getByText('Connected').waitFor();
      await sendEvents(['live_two', 'live_three']);
      await report.locator('main td', { hasText: 'live_two' }).first().waitFor();
    },
  };

  describe.each([
    'overview',
    'trend',
    'funnel',
    'retention',
    'channels',
    'products',
    'paths',
    'bestHour',
    'shareTree',
    'heat',
    'live',
    'people',
    'person',
    'sql',
  ])('its report %s', (id) => {
    it(
      'passes axe and does not overflow, at each width, in both themes and languages',
      async () => {
        await (PLACES[id]?.() ?? open(id));
        const found = await report.evaluate(findBare);
        for (let i = 0; i < 4; i++) {
          for (const width of [NARROW, ...WIDTHS]) {
            await report.setViewportSize({ width, height: 900 });
            // Charts are drawn anew for the width.
            await report.evaluate(async () => {
              for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
            });
            const at = await report.evaluate(
              () => `${document.documentElement.lang} ${document.documentElement.dataset.theme}`,
            );
            const wide = await report.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            if (wide > 0) found.push(`${at} ${width}: ${wide} px too wide`);
            if (width === NARROW) {
              const cut = await report.evaluate(findCut);
              found.push(...cut.map((each) => `${at} ${width}: ${each}`));
              continue;
            }
            const violations = await findViolations(report, { known: KNOWN });
            found.push(...violations.map((violation) => `${at} ${width}: ${violation}`));
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

  describe('opened where nothing is', () => {
    const crashes = [];
    /** On a page of its own: a browser writes each refusal on its console. */
    const openOther = async (address) => {
      const context = await browser.newContext({ locale: 'en-GB' });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      page.on('pageerror', (error) => crashes.push(String(error)));
      page.on('console', (message) => /Error:/.test(message.text()) && crashes.push(message.text()));
      await page.goto(address);
      return page;
    };
    afterEach(() => expect(crashes.splice(0)).toEqual([]));

    it.each([
      ['nope', 'no such report'],
      ['people?cell={', 'cell: is no object'],
      ['people?analysis=overview&cell={"state":"2026-99-99","shared_at":1e300}', 'cell: has no key shared_at'],
      ['person?id=nobody', 'no such person'],
      ['trend?filters={"a":1}', 'filters: is no conditions'],
      ['funnel?steps=[{"event":"a","filters":5},null]', 'steps: is no steps'],
      ['overview?from=x&to=y', 'to: is no day'],
    ])('says so: %s', async (hash, told) => {
      const page = await openOther(`${insight.url}/#/${hash}`);
      await page.locator('main [role=alert]').waitFor();
      expect(await page.locator('main [role=alert]').textContent()).toContain(told);
      await page.context().close();
    });

    it('says what is wrong with SQL, and runs the next', async () => {
      const page = await openOther(`${insight.url}/#/sql?sql=SELECT+nope`);
      await page.getByRole('button', { name: 'Run' }).click();
      await page.locator('main [role=alert]').waitFor();
      expect(await page.locator('main [role=alert]').textContent()).toContain('nope');
      await page.goto(`${insight.url}/#/sql?sql=SELECT+41+AS+n`);
      await page.getByRole('button', { name: 'Run' }).click();
      await page.locator('main td').waitFor();
      expect(await page.locator('main td').textContent()).toBe('41');
      expect(await page.locator('main [role=alert]').count()).toBe(0);
      await page.context().close();
    });

    it('asks what day it is when it is looked at again after a night', async () => {
      const page = await openOther(insight.url);
      await page.locator('main h1').waitFor();
      const asked = [];
      page.on('request', (request) => request.url().endsWith('/api/analyses') && asked.push(request.url()));
      const lookAgain = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      await lookAgain();
      await page.locator('main dd').first().waitFor();
      expect(asked).toHaveLength(0);
      await page.clock.setFixedTime(Date.now() + 24 * 3_600_000);
      await Promise.all([page.waitForRequest('**/api/analyses'), lookAgain()]);
      await page.context().close();
    });

    it('asks for the token until it is right, whatever its letters', async () => {
      const token = '令牌/a+b; =';
      const guarded = await startInsight({ INSIGHT_TOKEN: token });
      const page = await openOther(guarded.url);
      const enter = async (given) => {
        await page.locator('input[name=token]').fill(given);
        await page.locator('main form button').click();
      };
      await enter('wrong');
      await page.locator('main [role=alert]').waitFor();
      // No link leads to what is not answered.
      expect(await page.locator('nav, header select').count()).toBe(0);
      await enter(token);
      await page.locator('main h1').waitFor();
      // A shop in which nothing happened yet opens with today, and says where events are sent.
      await page.locator('.choice[aria-current]', { hasText: 'Today' }).waitFor();
      await page.locator('main .notice', { hasText: `${guarded.url}/v1/events` }).waitFor();
      // The keyboard comes past the links at once.
      await page.goto(`${guarded.url}/#/funnel`);
      await page.reload();
      await page.locator('main h1').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement.getAttribute('name'))).toBe('days');
      await page.context().close();
      await guarded.close();
    });
  });
});
