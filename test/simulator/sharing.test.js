import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startHost } from './startHost.js';

const withPage = (source, launch = { path: 'pages/home/home', query: { a: '1' } }) =>
  startHost({ modules: { 'pages/home/home.js': `Page({ ${source} })` }, launch });

describe('createSharing', () => {
  beforeEach(() => vi.useFakeTimers());

  it('offers nothing on a page without a handler', async () => {
    const { host } = await withPage('');
    expect(host.menu()).toEqual({ share: false, timeline: false, favorites: false });
    expect(await host.share()).toBeNull();
    expect(await host.shareTimeline()).toBeNull();
    expect(await host.addToFavorites()).toBeNull();
  });

  it('fills in the app and the current page', async () => {
    const { host } = await withPage('onShareAppMessage() {}');
    expect(await host.share()).toEqual({ title: '小店', path: '/pages/home/home?a=1', imageUrl: '' });
  });

  it('tells the handler where the share came from', async () => {
    const { host } = await withPage(
      'onShareAppMessage(o) { this.from = o; return { title: "t", path: "pages/cart/cart?s=1" } }',
    );
    const shares = [];
    host.on('share', (share) => shares.push(share));
    await host.tap('#share');
    expect(host.page().from).toMatchObject({ from: 'button', target: { id: 'share', dataset: { k: 'v' } } });
    await host.share();
    expect(shares).toMatchObject([
      { kind: 'message', from: 'button', title: 't', path: '/pages/cart/cart?s=1' },
      { kind: 'message', from: 'menu' },
    ]);
  });

  it('waits three seconds for a promise, then takes the fields beside it', async () => {
    const { host } = await withPage(`onShareAppMessage() {
      return { title: 'now', path: '/pages/home/home?s=now', promise: new Promise((r) => setTimeout(r, this.slow ? 9000 : 100, { title: 'late' })) } }`);
    const quick = host.share();
    await vi.advanceTimersByTimeAsync(100);
    expect(await quick).toMatchObject({ title: 'late', path: '/pages/home/home?s=now' });
    host.page().slow = true;
    const slow = host.share();
    await vi.advanceTimersByTimeAsync(3000);
    expect(await slow).toMatchObject({ title: 'now' });
  });

  it('awaits an async handler', async () => {
    const { host } = await withPage("async onShareAppMessage() { return { title: 'async' } }");
    expect(await host.share()).toMatchObject({ title: 'async', path: '/pages/home/home?a=1' });
  });

  it('shares to the timeline only where forwarding is possible', async () => {
    const without = await withPage('onShareTimeline() { return {} }');
    expect(await without.host.shareTimeline()).toBeNull();
    const { host } = await withPage(
      'onShareAppMessage() {}, onShareTimeline() { return { query: "s=2" } }, onAddToFavorites() { return { title: "f" } }',
    );
    expect(await host.shareTimeline()).toMatchObject({ title: '小店', query: 's=2', path: '/pages/home/home?s=2' });
    expect(await host.addToFavorites()).toMatchObject({ title: 'f', query: 'a=1' });
  });
});
