import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compileShop, isPackageBuilt, openShop } from '../shop/openShop.js';

const TRACKER = `
const { createTracker, errors, performance: timings, subscribeMessage, redact } = require('minitrail');
const { wechat } = require('minitrail/adapters/wechat');
module.exports = createTracker({
  adapter: wechat(),
  endpoint: 'https://collect.example.com/v1/events',
  plugins: [errors(), timings({ slowRequestMs: 0 }), subscribeMessage({ templateParam: 'tmpl' }), redact()],
});
`;

// It runs the built package, as a customer's project does: `npm run build` first.
describe.skipIf(!isPackageBuilt)('errors, performance and subscribeMessage in the running shop', () => {
  let project;
  let shop;
  beforeAll(async () => {
    project = await compileShop();
  });
  afterEach(() => shop.host.kill());

  /** The shop with `code` behind its app.js. */
  const open = async (edit = (code) => code, launch = undefined) => {
    const modules = { ...project.modules, 'tracker.js': TRACKER, 'app.js': edit(project.modules['app.js']) };
    shop = await openShop({ project: { ...project, modules }, launch });
    return shop;
  };
  const eventsNamed = async (name) => (await shop.events()).filter((event) => event.name === name);

  it('tracks an error that the app left alone, and lets the host hear of it', async () => {
    const { errors } = await open((code) => code.replace('onLaunch() {', 'onLaunch() {\n    null.price;'));
    expect((await eventsNamed('app_error')).map(({ properties }) => properties)).toMatchObject([
      {
        kind: 'error',
        name: 'TypeError',
        message: expect.stringContaining("reading 'price'"),
        stack: expect.stringContaining('app.js'),
      },
    ]);
    expect(errors).toEqual([expect.stringContaining("reading 'price'")]);
  });

  it('tracks a page that is not there, beside the answer of the app', async () => {
    await open(
      (code) =>
        code.replace('onLaunch() {', 'onPageNotFound() { wx.switchTab({ url: "/pages/home/index" }); },\n  onLaunch() {'),
      {
        path: 'pages/gone/index',
        query: { tel: '13812345678' },
      },
    );
    expect((await eventsNamed('page_not_found')).map(({ properties }) => properties)).toMatchObject([
      { path: 'pages/gone/index', query: { tel: '***' } },
    ]);
    expect(shop.path()).toBe('pages/home/index');
  });

  it('tracks slow requests of the app, and none of its own', async () => {
    const { host } = await open();
    await shop.events();
    const url = 'https://api.example.com/goods?token=1';
    await new Promise((success) => host.api.request({ url, method: 'POST', data: '{"batch":[]}', success }));
    expect((await eventsNamed('slow_request')).map(({ properties }) => properties)).toMatchObject([
      { url: 'https://api.example.com/goods', method: 'POST', status: 200 },
    ]);
  });

  it('tracks an arrival by a message', async () => {
    await open(undefined, { path: 'pages/cart/index', query: { tmpl: 'T1' }, scene: 1014 });
    expect((await eventsNamed('subscribe_message')).map(({ properties }) => properties)).toEqual([
      { action: 'opened', template_id: 'T1', scene: '1014', page_path: 'pages/cart/index' },
    ]);
    expect(shop.errors).toEqual([]);
  });
});
