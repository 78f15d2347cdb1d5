import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../browser/launchChromium.js';
import { fixtureProject } from './startHost.js';

const HOST = new URL('../../examples/simulator/host/', import.meta.url);
const PAGE = '<body style="margin:0">';

const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript', json: 'application/json' };

/** Serves the phone with the fixture; `/slow` never answers, `/collect` does. */
const serve = async () => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('browser.js', HOST))],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const files = {
    '/': PAGE,
    '/phone.html': await readFile(new URL('phone.html', HOST)),
    '/phone.css': await readFile(new URL('phone.css', HOST)),
    '/browser.js': bundle.outputFiles[0].text,
    '/project.json': JSON.stringify(
      await fixtureProject({
        'pages/cart/cart.js': `
          Page({
            onShow() {
              wx.setStorageSync('visits', (wx.getStorageSync('visits') || 0) + 1);
              this.setData({ name: 'visit ' + wx.getStorageSync('visits') });
            },
            onLoad() {
              const { endpoint } = wx.getExtConfigSync();
              wx.request({ url: endpoint + '/collect', method: 'POST', data: { hello: '世界' }, success: (r) => console.log(r.data.got) });
              wx.request({ url: endpoint + '/slow', complete: () => wx.setStorageSync('late', 1) });
              setTimeout(() => wx.setStorageSync('late', 2), 400);
            },
            onShareAppMessage() { return { title: 'mine', path: '/pages/cart/cart?s=1' }; },
          })`,
      }),
    ),
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://x');
    if (pathname === '/slow') return;
    if (pathname === '/collect') {
      let got = '';
      for await (const chunk of request) got += chunk;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ got }));
      return;
    }
    const body = files[pathname];
    response.setHeader('content-type', TYPES[pathname.split('.')[1] ?? 'html'] ?? 'text/plain');
    response.writeHead(body ? 200 : 404).end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
};

describe('the phone in a browser', () => {
  let world;
  let browser;
  let page;

  beforeAll(async () => {
    world = await serve();
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    world?.server.closeAllConnections();
    world?.server.close();
  });
  beforeEach(async () => {
    await page?.context().close();
    page = await (await browser.newContext({ viewport: { width: 375, height: 667 }, hasTouch: true })).newPage();
    await page.goto(world.origin);
    await page.evaluate(() => {
      window.log = [];
      window.addEventListener('message', ({ data }) => window.log.push(data));
    });
  });

  const waitFor = (fields) =>
    page
      .waitForFunction((wanted) => window.log.find((m) => Object.keys(wanted).every((k) => m[k] === wanted[k])), fields)
      .then((h) => h.jsonValue());
  const post = (message) => page.evaluate((m) => document.querySelector('iframe').contentWindow.postMessage(m, '*'), message);
  const kill = () => page.evaluate(() => document.querySelector('iframe').remove());

  const start = async (launch = {}, visitor = 'v1') => {
    const query = new URLSearchParams({ visitor, ext: JSON.stringify({ endpoint: world.origin }) });
    await page.evaluate((src) => {
      window.log.length = 0;
      const frame = Object.assign(document.createElement('iframe'), { src });
      frame.style = 'width: 375px; height: 667px; border: 0';
      document.body.append(frame);
    }, `/phone.html?${query}`);
    await waitFor({ type: 'ready' });
    await post({ type: 'launch', id: 'launch', ...launch });
    expect(await waitFor({ type: 'done', id: 'launch' })).toMatchObject({ ok: true });
    return page.frames().find((frame) => frame.url().includes('phone.html'));
  };

  it('takes real touches, navigates, and draws the bars', async () => {
    const phone = await start({ scene: 1007 });
    expect(await phone.textContent('.phone-nav-title')).toBe('首页');
    await phone.tap('#item-2');
    expect(await waitFor({ type: 'route', openType: 'navigateTo' })).toMatchObject({
      path: 'pages/detail/detail',
      query: { id: '2' },
    });
    expect(await phone.isVisible('#tab-bar')).toBe(false);
    await phone.tap('.phone-nav-left');
    await waitFor({ type: 'route', openType: 'navigateBack' });
    const event = await phone.evaluate(() => getCurrentPages()[0].event);
    expect(event).toMatchObject({
      type: 'tap',
      currentTarget: { id: 'item-2', dataset: { id: 2 } },
      changedTouches: [{ identifier: 0 }],
    });
    expect(event.currentTarget.offsetTop).toBeGreaterThan(0);
    expect(await phone.evaluate(() => getCurrentPages()[0].wrapped)).toBe(true); // Page was replaced by its free name
    await phone.fill('#field', 'abc');
    expect(await phone.evaluate(() => getCurrentPages()[0].data.count)).toBe(3);
  });

  it('applies styles: rpx, component scope, one page at a time', async () => {
    const phone = await start();
    const style = (selector, name) => phone.$eval(selector, (e, n) => getComputedStyle(e)[n], name);
    expect(await style('.title', 'fontSize')).toBe('18px');
    expect(await style('.components-card-card--card', 'backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await style('#field', 'width')).toBe('100px');
    await phone.tap('#nav');
    expect(await phone.$eval('.phone-page-box:not([hidden]) .title', (e) => getComputedStyle(e).color)).not.toBe(
      'rgb(230, 67, 64)',
    );
  });

  it('sends real requests, and a removed iframe takes the rest with it but leaves the storage', async () => {
    const phone = await start({ path: 'pages/cart/cart' });
    expect(await waitFor({ type: 'request', method: 'POST' })).toMatchObject({ body: '{"hello":"世界"}' });
    expect(await waitFor({ type: 'response', status: 200 })).toMatchObject({ error: undefined });
    expect((await waitFor({ type: 'console', level: 'log' })).args).toEqual(['{"hello":"世界"}']);
    expect(await phone.textContent('.title')).toBe('visit 1');
    await kill();
    await page.waitForTimeout(500);
    const stored = await page.evaluate(() => Object.keys(localStorage));
    expect(stored).toEqual(['sim:v1:visits']); // neither the timer nor the request's callback came
    const again = await start({ path: 'pages/cart/cart' });
    expect(await again.textContent('.title')).toBe('visit 2');
    await kill();
    const other = await start({ path: 'pages/cart/cart' }, 'v2');
    expect(await other.textContent('.title')).toBe('visit 1');
  });

  it('measures elements and sees them scroll into view', async () => {
    const phone = await start();
    const seen = await phone.evaluate(
      () =>
        new Promise((resolve) => {
          const page = getCurrentPages()[0];
          wx.createSelectorQuery()
            .select('.title')
            .boundingClientRect()
            .exec(([rect]) => {
              wx.createIntersectionObserver(page)
                .relativeToViewport()
                .observe('#card', ({ intersectionRatio }) => resolve([rect.width, intersectionRatio]));
            });
        }),
    );
    expect(seen).toEqual([375, 1]);
  });

  it('shares from the capsule menu, and hides with ◉', async () => {
    const phone = await start({ path: 'pages/cart/cart' });
    await phone.tap('.phone-capsule-menu');
    await phone.tap('text=转发给朋友');
    expect(await waitFor({ type: 'share' })).toMatchObject({
      kind: 'message',
      from: 'menu',
      title: 'mine',
      path: '/pages/cart/cart?s=1',
    });
    await phone.tap('.phone-capsule-close');
    await waitFor({ type: 'capsule', action: 'close' });
    await post({ type: 'show', scene: 1089 });
    expect(await waitFor({ type: 'lifecycle', name: 'show', visitor: 'v1' })).toBeTruthy();
    await post({ type: 'call', id: 'c', path: 'onLaunch', args: [{}] });
    expect(await waitFor({ type: 'done', id: 'c' })).toMatchObject({ ok: true });
  });
});
