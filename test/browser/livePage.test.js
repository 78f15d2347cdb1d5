import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findViolations } from './findViolations.js';
import { launchChromium } from './launchChromium.js';
import { openPage, startWorld } from './startWorld.js';

const WIDTHS = [320, 390, 768, 1024, 1920];
/** What a person at a phone width scrolls through, and nothing wider. */
const HEIGHT = 800;
/** axe looks at ten screens, on a machine that may be busy. */
const AXE_TIMEOUT_MS = 180_000;

/** Elements that are drawn outside the window, though nothing scrolls them. */
const findCut = () => {
  const isScrolled = (element) => element.closest('.scroll, pre, select, iframe, .gist, .row-note, .row-main, header p');
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.checkVisibility() && !isScrolled(element))
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (left < -0.5 || right > innerWidth + 0.5);
    })
    .map((element) => element.outerHTML.slice(0, 80));
};

/** Pairs of buttons, links and fields that lie over each other. */
const findOverlaps = () => {
  const boxes = [...document.querySelectorAll('button, a, select, h2, .pill.verdict')]
    .filter((element) => element.checkVisibility() && !element.closest('header, .screen, .scroll'))
    .map((element) => ({ element, box: element.getBoundingClientRect() }));
  const overlaps = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.flatMap(({ element, box }, index) =>
    boxes
      .slice(index + 1)
      .filter((other) => overlaps(box, other.box) && !element.contains(other.element))
      .map((other) => `${element.textContent} / ${other.element.textContent}`),
  );
};

/** Tables that are wider than their panel, so that their last column is out of sight. */
const findWideTables = () =>
  [...document.querySelectorAll('.audit .scroll')]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    .map(({ textContent }) => textContent);

/** A project of somebody's own sends two events, between which one is missing. */
const sendOwn = (endpoint) => {
  const event = (seq) => ({
    id: `00000000-0000-4000-8000-00000000000${seq}`,
    context: 0,
    boot: 1,
    seq,
    type: 'track',
    name: 'of_my_project',
    ts: Date.now(),
    session_id: 's',
    properties: {},
  });
  const batch = {
    schema: 'minitrail/1',
    batch_id: '1',
    sent_at: Date.now(),
    contexts: [{ anonymous_id: 'f'.repeat(32), platform: 'wechat', app_id: 'wx1234567890abcdef', sdk: 'minitrail/0.1.0' }],
    batch: [event(0), event(2)],
  };
  return fetch(endpoint, { method: 'POST', body: JSON.stringify(batch) });
};

describe('the live page', () => {
  let browser;
  let world;
  let shop;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(async () => {
    await shop?.close();
    shop = undefined;
    await world.close();
  });
  const open = async (options) => {
    shop = await openPage(browser, world.url, options);
    return shop;
  };
  const rowOf = (name) => shop.page.locator(`[data-event-name="${name}"]`).first();
  const stageOf = (name) => rowOf(name).getAttribute('data-stage');

  it('shows an event as soon as it is captured, then that it was sent and received', async () => {
    await open();
    await shop.launch();
    await shop.sendAll();
    await shop.tap('#product-mouse-m1');
    await rowOf('product_viewed').waitFor();
    expect(await stageOf('product_viewed')).toBe('phone');
    expect(world.arrivals().some(({ name }) => name === 'product_viewed')).toBe(false);

    await shop.answers('hang');
    await shop.press('flush');
    await shop.page.locator('[data-event-name="product_viewed"][data-stage="sent"]').waitFor();
    expect(world.arrivals().some(({ name }) => name === 'product_viewed')).toBe(false);

    // What is younger than a second may not be stored yet.
    await shop.page.waitForTimeout(1500);
    await shop.press('kill');
    await shop.page.locator('[data-event-name="product_viewed"][data-stage="phone"]').waitFor();
    await shop.answers('ok');
    await shop.launch();
    await shop.sendAll();
    await shop.page.locator('[data-event-name="product_viewed"][data-stage="received"]').waitFor();
    expect(await shop.page.locator('[data-event-name="product_viewed"]').count()).toBe(1);
    expect(shop.errors).toEqual([]);
  });

  it.each([
    { what: 'the phone is offline', hinder: () => shop.press('network'), answer: /Not sent: the phone is offline/ },
    {
      what: 'the server fails',
      hinder: () => shop.answers('500'),
      answer: /Not sent: the server did not take them.* in \d+ s/,
    },
    { what: 'the server does not answer', hinder: () => shop.answers('hang'), answer: /Sending: \d+ events wait/ },
    { what: 'the server refuses', hinder: () => shop.answers('403'), answer: /Not sent: the server refuses.* in \d+ s/ },
  ])('says why nothing leaves when $what', async ({ hinder, answer }) => {
    await open({ language: 'en' });
    await shop.launch();
    await shop.sendAll();
    await shop.page.getByText('Everything has arrived').waitFor();
    await hinder();
    await shop.tap('#product-mouse-m1-add');
    await shop.press('flush');
    await shop.byTestId('flush-answer').getByText(answer).waitFor();
  });

  it('sends at a press once the server is mended, though the wait after its refusal runs on', async () => {
    await open({ language: 'en' });
    await shop.launch();
    await shop.sendAll();
    await shop.answers('403');
    await shop.tap('#product-mouse-m1-add');
    await shop.press('flush');
    await shop.byTestId('flush-answer').getByText('the server refuses').waitFor();
    await shop.answers('ok');
    await shop.press('flush');
    await shop.byTestId('flush-answer').getByText('Everything has arrived').waitFor();
  });

  it('no longer says why nothing left once it has', async () => {
    await open({ language: 'en' });
    await shop.launch();
    await shop.sendAll();
    const answer = shop.byTestId('flush-answer');
    await shop.press('network');
    await shop.tap('#product-mouse-m1-add');
    await shop.press('flush');
    await answer.getByText('the phone is offline').waitFor();
    await shop.press('network');
    await answer.getByText('the phone is offline').waitFor({ state: 'detached' });
    await shop.sendAll();
    await answer.getByText('Everything has arrived').waitFor();
    await shop.tap('#product-mouse-m1-add');
    await answer.getByText('Everything has arrived').waitFor({ state: 'detached' });
  });

  it('has a switch for the network that is on while the phone is online', async () => {
    await open({ language: 'en' });
    await shop.launch();
    const network = shop.page.getByRole('switch', { name: 'Phone network' });
    expect(await network.getAttribute('aria-checked')).toBe('true');
    await network.click();
    expect(await network.getAttribute('aria-checked')).toBe('false');
    expect(await shop.text('network-state')).toBe('Offline');
  });

  it('sends taps with places inside the window', async () => {
    await open();
    await shop.launch();
    await shop.tap('#product-earbuds-air');
    await shop.tap('#buy-now'); // at the lower edge
    await shop.sendAll();
    const taps = world.arrivals().filter(({ name }) => name === 'tap');
    const { device } = taps[0].context;
    const box = await shop.phone.locator('#screen').boundingBox();
    expect(device.window_height).toBe(Math.round(box.height));
    for (const { properties } of taps) {
      expect(properties.x_fraction).toBeGreaterThan(0);
      expect(properties.x_fraction).toBeLessThan(1);
      expect(properties.y_fraction).toBeGreaterThan(0);
      expect(properties.y_fraction).toBeLessThan(1);
    }
    expect(taps.at(-1).properties.y_fraction).toBeGreaterThan(0.9);
  });

  it('counts the time on a page that a relaunch ends', async () => {
    await open();
    await shop.launch();
    await shop.page.waitForTimeout(700);
    await shop.press('relaunch');
    await shop.page.locator('[data-event-name="page_leave"]').waitFor();
    await shop.page.locator('[data-event-name="app_launch"]').nth(1).waitFor();
    await shop.onTop('.home').waitFor();
    await shop.sendAll();
    // What was on its way when the app was ended comes twice.
    const arrived = new Map(world.arrivals().map((event) => [event.id, event]));
    const leaves = [...arrived.values()].filter(({ name }) => name === 'page_leave');
    expect(leaves.map(({ properties }) => properties)).toEqual([{ path: 'pages/home/index', duration_ms: expect.any(Number) }]);
    expect(leaves[0].properties.duration_ms).toBeGreaterThan(600);
  });

  it('audits the events of a real project beside those of the shop', async () => {
    await open({ language: 'en' });
    await shop.launch();
    await shop.sendAll();
    await shop.page.getByText('Use your own project').click();
    const endpoint = await shop.text('own-endpoint');
    const answer = await sendOwn(endpoint);
    expect(answer.status).toBe(200);
    await rowOf('of_my_project').waitFor();
    expect(await stageOf('of_my_project')).toBe('received');
    await shop.byTestId('own-arrived').getByText('Arrived: 2 events. Launches: 1. Missing: 1.').waitFor();
    expect(await shop.byTestId('audit-row').first().textContent()).toContain('your project');
    expect(await shop.text('verdict')).toBe('1 events missing');
  });

  it('does not take the shop in another browser for a project', async () => {
    await open({ language: 'en' });
    const other = await openPage(browser, world.url);
    await other.launch();
    await other.sendAll();
    await other.close();
    await shop.byTestId('audit-row').waitFor();
    expect(await shop.byTestId('audit-row').textContent()).not.toContain('your project');
    expect(await shop.text('own-arrived')).toBe('No event of a project of yours yet.');
  });

  it('can be used by the keyboard, in the phone, too', async () => {
    await open({ language: 'en' });
    await shop.launch();
    const focused = () => shop.phone.locator('body').evaluate(() => document.activeElement.id);
    await shop.onTop('#search').focus();
    for (let presses = 0; presses < 20 && (await focused()) !== 'product-earbuds-air'; presses++)
      await shop.page.keyboard.press('Tab');
    expect(await focused()).toBe('product-earbuds-air');
    const outline = await shop.onTop('#product-earbuds-air').evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).toBe('solid');
    await shop.page.keyboard.press('Enter');
    await shop.onTop('#add-to-cart').focus();
    await shop.page.keyboard.press('Space');
    await rowOf('product_added').waitFor();

    await shop.tapPhone('.phone-capsule-menu');
    await shop.phone.getByText('Forward').waitFor();
    await shop.page.keyboard.press('Escape');
    await shop.phone.locator('.phone-sheet').waitFor({ state: 'detached' });
    await shop.tap('#share');
    await shop.byTestId('share-card').waitFor();
    await shop.page.keyboard.press('Escape');
    await shop.byTestId('share-card').waitFor({ state: 'detached' });
  });

  describe.each(WIDTHS)('at %i px', (width) => {
    it('cuts nothing and lays nothing over anything', async () => {
      await open({ language: 'en' });
      await shop.page.setViewportSize({ width, height: HEIGHT });
      await shop.launch();
      await shop.tap('#product-earbuds-air');
      await shop.sendAll();
      expect(await shop.text('verdict')).toMatch(/^All \d+ events arrived$/);
      await sendOwn(`${world.url}/v1/events`);
      await shop.byTestId('audit-row').nth(1).waitFor();
      expect(await shop.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await shop.page.evaluate(findWideTables)).toEqual([]);
      // "Clear" stands beside the title, not on a line of its own.
      const [title, clear] = await Promise.all([
        shop.page.locator('.stream h2').boundingBox(),
        shop.byTestId('clear').boundingBox(),
      ]);
      expect(clear.y).toBeLessThan(title.y + title.height);
      expect(await shop.page.evaluate(findCut)).toEqual([]);
      expect(await shop.page.evaluate(findOverlaps)).toEqual([]);
      // The audit's verdict is in the head, which a phone keeps in sight wherever the page is scrolled to.
      await shop.page.evaluate((isPhone) => scrollTo(0, isPhone ? document.body.scrollHeight : 0), width < 720);
      const [head, verdict] = await Promise.all([
        shop.page.locator('header').boundingBox(),
        shop.byTestId('verdict').boundingBox(),
      ]);
      expect(head.y).toBe(0);
      expect(verdict.y).toBeGreaterThanOrEqual(0);
      expect(verdict.y + verdict.height).toBeLessThanOrEqual(head.height);
    });
  });

  it.each([
    { colorScheme: 'light', language: 'zh' },
    { colorScheme: 'dark', language: 'en' },
  ])(
    'meets WCAG AA in $colorScheme colours, page and phone',
    async ({ colorScheme, language }) => {
      await open({ language });
      await shop.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const phone = () => shop.page.frames().find((frame) => frame.url().includes('phone.html'));
      const check = async (where) => {
        await shop.page.waitForTimeout(300);
        expect([where, ...(await findViolations(shop.page.mainFrame()))]).toEqual([where]);
        if (phone()) expect([where, ...(await findViolations(phone()))]).toEqual([where]);
      };
      await check('before the launch');
      await shop.press('launch');
      await shop.phone.locator('.phone-modal').waitFor();
      await check('consent');
      await shop.agree();
      await check('home');
      await shop.tap('#product-earbuds-air');
      await shop.onTop('#add-to-cart').waitFor();
      await check('product');
      await shop.answers('500');
      await shop.tap('#share');
      await check('share sheet');
      await shop.press('share-close');
      await shop.tap('#add-to-cart');
      await shop.tap('#go-cart');
      await shop.onTop('#checkout').waitFor();
      await check('cart');
      await shop.press('flush');
      await shop.byTestId('stats-state').and(shop.page.locator('[data-state="waiting"]')).waitFor();
      await check('a server that fails');
      await shop.answers('ok');
      await shop.tap('#checkout');
      await shop.onTop('#submit-order').waitFor();
      await check('order');
      await shop.tap('#submit-order');
      await shop.phone.locator('.phone-modal').waitFor();
      await check('messages');
      await shop.answer(true);
      await shop.onTop('#paid-amount').waitFor();
      await check('paid');
      await shop.tap('#view-orders');
      await shop.onTop('#login').waitFor();
      await check('me');
      await shop.press('background');
      await check('background');
    },
    AXE_TIMEOUT_MS,
  );
});
