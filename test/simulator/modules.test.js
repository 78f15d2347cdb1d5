import { describe, expect, it } from 'vitest';
import { startHost } from './startHost.js';

describe('createModuleLoader', () => {
  it('lets one module replace Page by its free name for every later one', async () => {
    const { host } = await startHost();
    expect(host.page().wrapped).toBe(true);
  });

  it('lets a strict module replace Component, App and wx', async () => {
    const { host, errors } = await startHost({
      modules: {
        'lib/wrapPage.js': `'use strict';
          const component = Component, app = App, api = wx;
          Component = (options) => component(options);
          App = (options) => app({ ...options, mine: true });
          wx = { ...api, mine: true };`,
      },
    });
    expect(errors).toEqual([]);
    expect(host.app().mine).toBe(true);
    expect(host.global.wx.mine).toBe(true);
  });

  it('finds npm packages and their files in miniprogram_npm', async () => {
    const { host } = await startHost();
    expect(host.app().globalData).toMatchObject({ tiny: 'tiny', part: 1 });
  });

  it('names the module that is missing', async () => {
    const { errors } = await startHost({ modules: { 'pages/cart/cart.js': "require('./gone'); Page({})" } });
    expect(errors[0]).toContain("module 'pages/cart/gone.js' is not defined, require args is './gone'");
  });

  it('gives the app no browser and no Node', async () => {
    const { host } = await startHost({
      modules: {
        'utils/log.js': `exports.lines = []; exports.log = () => {};
          exports.seen = [typeof window, typeof document, typeof globalThis, typeof process, typeof fetch, typeof localStorage, typeof XMLHttpRequest];`,
        'pages/home/home.js': "Page({ seen: require('../../utils/log').seen })",
      },
    });
    expect([...host.page().seen]).toEqual(Array(7).fill('undefined'));
  });

  it("gives the app data of the app's own realm", async () => {
    const { host } = await startHost({
      modules: {
        'pages/home/home.js': `Page({
          onLoad(query) {
            wx.setStorageSync('a', [1]);
            this.own = [wx.getStorageSync('a') instanceof Array, query.constructor === Object, getCurrentPages() instanceof Array];
          } })`,
      },
    });
    expect([...host.page().own]).toEqual([true, true, true]);
  });
});
