import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDevice, createNodeHost } from '../../examples/simulator/host/node.mjs';
import { compileShop, isPackageBuilt } from '../shop/openShop.js';
import { rebuildShares } from './rebuildShares.js';

const PRICE = 4999;
const CARD_SCENE = 1007;
const QR_SCENE = 1047;

// It runs the built package in the shop, on the simulator's host: `npm run build` first.
describe.skipIf(!isPackageBuilt)('the shop', () => {
  let project;
  let phones;
  let events;
  beforeAll(async () => {
    project = await compileShop();
  });
  const open = async (launch, device = createDevice()) => {
    const errors = [];
    const host = await createNodeHost({
      project,
      device,
      fetch: async (_url, { body }) => {
        const { batch, contexts } = JSON.parse(body);
        for (const event of batch) events.set(event.id, { ...event, context: contexts[event.context] });
        return new Response('');
      },
    });
    host.on('error', ({ message }) => errors.push(message));
    await host.launch(launch);
    const phone = {
      host,
      device,
      errors,
      tap: async (...selectors) => {
        for (const selector of selectors) await host.tap(selector);
      },
      openCard: (card) => open({ ...card, scene: CARD_SCENE }),
    };
    phones.push(phone);
    return phone;
  };
  const setUp = () => {
    phones = [];
    events = new Map();
  };
  /** Everything that arrived, when all phones have sent what they had. */
  const arrived = async () => {
    for (const { host } of phones) if (host.state() !== 'killed') await host.app().tracker.flush();
    return [...events.values()].sort((a, b) => a.ts - b.ts || a.seq - b.seq);
  };
  const chain = async () =>
    [...rebuildShares(await arrived()).values()].map(({ parent, depth, page, opens, visitors, paid, paidBelow, method }) => ({
      parent,
      depth,
      page,
      method,
      opens,
      visitors,
      paid,
      paidBelow,
    }));
  afterEach(() => {
    for (const { host, errors } of phones) {
      expect(errors).toEqual([]);
      if (host.state() !== 'killed') host.kill();
    }
  });

  it('credits a purchase to the visitor whose card brought the buyer', async () => {
    setUp();
    const a = await open();
    await a.tap('#product-phone-x1');
    const card = await a.host.share();
    expect(card.title).toContain('Aurora X1');
    expect(card.path).toMatch(/^\/pages\/product\/index\?id=phone-x1&_mt=mt\.\w{27}$/);

    const b = await open({ path: card.path, scene: CARD_SCENE });
    expect(b.host.text()).toContain('Aurora X1');
    await b.tap('#buy-now', '#submit-order');

    const shares = await chain();
    expect(shares).toEqual([
      {
        parent: undefined,
        depth: 1,
        page: 'pages/product/index',
        method: 'menu',
        opens: 1,
        visitors: 1,
        paid: PRICE,
        paidBelow: PRICE,
      },
    ]);
    const [share] = rebuildShares(await arrived()).values();
    const ofA = (await arrived()).find(({ name }) => name === 'app_launch').context.anonymous_id;
    expect(share.by).toBe(ofA);
  });

  it('credits it to the whole chain, over a kill, by a button and in Moments', async () => {
    setUp();
    const a = await open();
    await a.tap('#product-phone-x1');
    const shared = new Promise((resolve) => a.host.on('share', resolve));
    await a.tap('#share');
    const card = await shared;

    const b = await open({ path: card.path, scene: CARD_SCENE });
    const post = await b.host.shareTimeline();
    expect(post.query).toMatch(/^id=phone-x1&_mt=mt\.\w{27}$/);

    const c = await open({ path: post.path, scene: 1155 });
    await c.host.hide();
    c.host.kill();
    const later = await open({ scene: 1001 }, c.device);
    await later.tap('#product-phone-x1', '#buy-now', '#submit-order');

    const [first, second] = [...rebuildShares(await arrived()).values()];
    expect(first).toMatchObject({ depth: 1, method: 'button', opens: 1, paid: 0, paidBelow: PRICE });
    expect(second).toMatchObject({ parent: first.id, root: first.id, depth: 2, method: 'timeline', opens: 1, paid: PRICE });
    expect((await arrived()).filter(({ name }) => name === 'share')).toHaveLength(2);
  });

  it('credits nobody when the sharer buys by the own card', async () => {
    setUp();
    const a = await open();
    await a.tap('#product-phone-x1');
    const card = await a.host.share();
    await a.host.hide();
    await a.host.show({ path: card.path, scene: CARD_SCENE });
    await a.tap('#buy-now', '#submit-order');
    expect(await chain()).toMatchObject([{ opens: 0, paid: 0, paidBelow: 0 }]);
    expect((await arrived()).find(({ name }) => name === 'share_open').properties.own).toBe(true);
  });

  it('credits a poster by the scene of its code', async () => {
    setUp();
    const a = await open();
    const token = await a.host.call('tracker.shareToken', { channel: 'poster' });
    const b = await open({ path: 'pages/product/index', query: { id: 'phone-x1', scene: token }, scene: QR_SCENE });
    await b.tap('#buy-now', '#submit-order');
    expect(await chain()).toMatchObject([{ method: 'poster', opens: 1, paid: PRICE }]);
  });
});
