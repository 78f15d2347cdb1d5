import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startHost } from './startHost.js';

// The table of https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/route.html
describe('createHost: lifecycle', () => {
  it('launches the app, then its first page', async () => {
    const { host, lines } = await startHost();
    expect(lines()).toEqual([
      'App.onLaunch',
      'App.onShow',
      'wx.onAppShow',
      'card.attached',
      'home.onLoad',
      'card.show',
      'home.onShow',
      'card.ready',
      'home.onReady',
    ]);
    expect(host.pages()).toEqual([{ path: 'pages/home/home', query: {} }]);
  });

  it('hands the launch options to the app and the query to the page', async () => {
    const referrerInfo = { appId: 'wxother', extraData: { a: 1 } };
    const { host } = await startHost({
      launch: { path: '/pages/detail/detail?id=7', query: { s: '微信' }, scene: 1037, referrerInfo },
    });
    const app = host.app();
    expect(app.options).toMatchObject({
      path: 'pages/detail/detail',
      query: { id: '7', s: '微信' },
      scene: 1037,
      referrerInfo,
    });
    expect(app.globalData.launch).toEqual(app.options);
    expect(host.page().query).toEqual({ id: '7', s: '微信' });
    expect(host.page().options).toEqual({ id: '7', s: '微信' });
    expect(host.page().route).toBe('pages/detail/detail');
  });

  it('tells an app whose entry page does not exist', async () => {
    const { host } = await startHost({ launch: { path: 'pages/gone/gone?x=1' } });
    expect(host.app().notFound).toEqual({ path: 'pages/gone/gone', query: { x: '1' }, isEntryPage: true });
    expect(host.pages()).toEqual([]);
  });

  it('hides the page before the app, and shows the app before the page', async () => {
    const { host, lines } = await startHost();
    lines();
    await host.hide();
    expect(lines()).toEqual(['card.hide', 'home.onHide', 'App.onHide', 'wx.onAppHide']);
    await host.show();
    expect(lines()).toEqual(['App.onShow', 'wx.onAppShow', 'card.show', 'home.onShow']);
  });

  it('keeps the scene when the app comes back without a new entry', async () => {
    const { host } = await startHost({ launch: { scene: 1007 } });
    await host.hide();
    await host.show();
    expect(host.app().shown).toMatchObject({ scene: 1007, path: 'pages/home/home' });
  });

  it('reloads every page when a warm app is opened with a path', async () => {
    const { host, lines } = await startHost();
    await host.hide();
    lines();
    await host.show({ path: 'pages/detail/detail', query: { id: '3' }, scene: 1044, shareTicket: 't' });
    expect(lines()).toEqual([
      'App.onShow',
      'wx.onAppShow',
      'home.onUnload',
      'card.detached',
      'detail.onLoad',
      'detail.onShow',
      'detail.onReady',
    ]);
    expect(host.app().shown).toMatchObject({ scene: 1044, shareTicket: 't', query: { id: '3' } });
  });

  it('hides the page it navigates from, and only after the running handler has ended', async () => {
    const { host, lines } = await startHost();
    lines();
    const tapped = host.tap('#item-2');
    expect(lines()).toEqual([]);
    await tapped;
    expect(lines()).toEqual(['card.hide', 'home.onHide', 'detail.onLoad', 'detail.onShow', 'detail.onReady']);
    expect(host.page().query).toEqual({ id: '2' });
  });

  it('unloads without hiding on redirectTo, navigateBack and reLaunch', async () => {
    const { host, lines } = await startHost({ launch: { path: 'pages/detail/detail' } });
    lines();
    await host.api.redirectTo({ url: '../detail/detail?n=2' });
    expect(lines()).toEqual(['detail.onUnload', 'detail.onLoad', 'detail.onShow', 'detail.onReady']);
    await host.api.navigateTo({ url: '/pages/widget/widget' });
    lines();
    await host.back();
    expect(lines()).toEqual(['widget.onUnload', 'widget.detached', 'detail.onShow']);
    await host.api.reLaunch({ url: '/pages/cart/cart' });
    expect(lines()).toEqual(['detail.onUnload', 'cart.onLoad', 'cart.onShow', 'cart.onReady']);
  });

  it('tells the global route listeners around it', async () => {
    const { host, lines } = await startHost({ launch: { path: 'pages/detail/detail' } });
    const names = [
      'BeforeAppRoute',
      'AppRoute',
      'AppRouteDone',
      'BeforePageLoad',
      'AfterPageLoad',
      'BeforePageUnload',
      'AfterPageUnload',
    ];
    lines();
    for (const name of names) host.api[`on${name}`](() => host.app().globalData.lines.push(name));
    await host.api.redirectTo({ url: '/pages/detail/detail' });
    expect(lines()).toEqual([
      'BeforeAppRoute',
      'BeforePageUnload',
      'detail.onUnload',
      'AfterPageUnload',
      'BeforePageLoad',
      'detail.onLoad',
      'detail.onShow',
      'detail.onReady',
      'AfterPageLoad',
      'AppRoute',
      'AppRouteDone',
    ]);
  });

  it('opens a channel between a page and the one it opens', async () => {
    const { host } = await startHost();
    const heard = [];
    const { eventChannel } = await host.api.navigateTo({
      url: '/pages/detail/detail',
      events: { up: (x) => heard.push(x) },
    });
    host
      .page()
      .getOpenerEventChannel()
      .once('down', (x) => heard.push(x));
    eventChannel.emit('down', 1);
    eventChannel.emit('down', 2);
    host.page().getOpenerEventChannel().emit('up', 3);
    expect(heard).toEqual([1, 3]);
  });

  it('keeps tab pages: the second visit only shows them', async () => {
    const { host, lines } = await startHost();
    lines();
    await host.switchTab('pages/cart/cart');
    expect(lines()).toEqual(['card.hide', 'home.onHide', 'cart.onLoad', 'cart.onShow', 'cart.onReady']);
    expect(host.page().tab).toEqual({ index: '1', pagePath: 'pages/cart/cart', text: '购物车' });
    await host.switchTab('pages/home/home');
    expect(lines()).toEqual(['cart.onHide', 'card.show', 'home.onShow']);
  });

  it('unloads the pages above when it switches to a tab, and hides none twice', async () => {
    const { host, lines } = await startHost();
    await host.tap('#nav');
    lines();
    await host.api.switchTab({ url: '/pages/cart/cart' });
    expect(lines()).toEqual(['detail.onUnload', 'cart.onLoad', 'cart.onShow', 'cart.onReady']);
  });

  it('refuses navigations as WeChat does', async () => {
    const { host } = await startHost();
    const messageOf = (promise) =>
      promise.then(
        () => 'ok',
        (error) => error.errMsg,
      );
    const { api } = host;
    expect(await messageOf(api.navigateTo({ url: '/pages/x/x' }))).toBe('navigateTo:fail page "pages/x/x" is not found');
    expect(await messageOf(api.navigateTo({ url: '/pages/cart/cart' }))).toBe(
      'navigateTo:fail can not navigateTo a tabbar page',
    );
    expect(await messageOf(api.switchTab({ url: '/pages/detail/detail' }))).toBe(
      'switchTab:fail can not switch to no-tabBar page',
    );
    expect(await messageOf(api.navigateBack())).toBe('navigateBack:fail cannot navigate back at first page.');
    for (let n = 1; n < 10; n++) await api.navigateTo({ url: '/pages/detail/detail' });
    expect(await messageOf(api.navigateTo({ url: '/pages/detail/detail' }))).toBe('navigateTo:fail webview count limit exceed');
    expect(host.global.getCurrentPages()).toHaveLength(10);
  });

  it('goes on when a lifecycle function throws, and tells App.onError', async () => {
    const { host, errors } = await startHost();
    await host.tap('#boom');
    expect(errors[0]).toContain('boom');
    expect(host.app().errors[0]).toContain('pages/home/home.js');
    await host.tap('#nav');
    expect(host.pages()).toHaveLength(2);
  });
});

describe('createHost: an error handler that throws', () => {
  it('is not called for its own error', async () => {
    const { host, errors } = await startHost();
    host.api.onError(() => {
      throw new Error('in the handler');
    });
    await host.tap('#boom');
    expect(errors.map((message) => message.split('\n')[0])).toEqual(['Error: boom', 'Error: in the handler']);
  });
});

describe('createHost: several at once', () => {
  it('keeps the errors of one app from the other', async () => {
    const one = await startHost();
    const two = await startHost();
    await one.host.tap('#boom');
    expect(one.errors).toHaveLength(1);
    expect(two.errors).toEqual([]);
  });

  it('shows the template of a page whose script failed', async () => {
    const { host, errors } = await startHost({ modules: { 'pages/home/home.js': "throw new Error('at the top')" } });
    expect(errors[0]).toContain('at the top');
    expect(errors[1]).toContain('"pages/home/home" has not been registered');
    expect(host.text()).toContain('inner');
  });
});

describe('createHost: Component() pages', () => {
  it('runs the lifetimes and the page functions in order', async () => {
    const { host, lines } = await startHost({ launch: { path: 'pages/widget/widget', query: { sku: 'a1' } } });
    expect(lines().slice(3)).toEqual([
      'widget.created',
      'widget.attached:1',
      'widget.onLoad:{"sku":"a1"}',
      'widget.show',
      'widget.onShow',
      'widget.ready',
      'widget.onReady',
    ]);
    expect(host.text()).toBe('a1'); // a declared query parameter is a property
    await host.tap('#tap');
    expect(lines()).toEqual(['widget.tap:b']);
    await host.hide();
    expect(lines().slice(0, 2)).toEqual(['widget.hide', 'widget.onHide']);
  });
});

describe('createHost: components', () => {
  it('readies one that appears later, once', async () => {
    const { host, lines } = await startHost();
    lines();
    host.page().setData({ late: true });
    await host.tap('#late');
    expect(lines()).toEqual(['card.attached', 'card.ready']);
    host.page().setData({ name: 'again' });
    host.page().setData({ late: false });
    await host.hide();
    expect(lines().slice(0, 2)).toEqual(['card.detached', 'card.hide']);
  });
});

describe('createHost: suspension', () => {
  beforeEach(() => vi.useFakeTimers());

  it('holds timers back five seconds after the app was hidden, and runs them on return', async () => {
    const { host } = await startHost({
      modules: {
        'pages/home/home.js':
          'Page({ data: { n: 0 }, onLoad() { this.ticks = 0; setInterval(() => this.ticks++, 1000); setTimeout(() => { this.late = true }, 60000) } })',
      },
    });
    const page = host.page();
    await vi.advanceTimersByTimeAsync(2500);
    expect(page.ticks).toBe(2);
    await host.hide();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(host.state()).toBe('suspended');
    expect(page.ticks).toBe(7);
    expect(page.late).toBeUndefined();
    await host.show();
    expect(page.late).toBe(true);
    expect(page.ticks).toBe(8); // not once per missed second
  });
});
