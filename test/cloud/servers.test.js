import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { wechatContainer } from '../../src/cloud/wechatContainer';
import { wechatFunction } from '../../src/cloud/wechatFunction';
import { startTracker } from '../helpers/fakeHostTracker';
import { createWxCloud } from './fakeCloud.js';

const require = createRequire(import.meta.url);
const ends = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Sends one event by the endpoint, as an app does. */
const sendFrom = async (endpoint, cloud) => {
  cloud.init();
  vi.stubGlobal('wx', { cloud });
  const { tracker, host } = startTracker([], { options: { endpoint } });
  ends.push(() => {
    tracker.destroy();
    host.restore();
  });
  tracker.setIds?.({ member: 'm1' });
  tracker.track('order_paid', { value: 5 });
  expect(await tracker.flush()).toMatchObject({ state: 'idle', waiting: 0 });
  return tracker;
};

const startContainer = async (dir) => {
  const server = spawn(process.execPath, ['examples/cloud-run/server.mjs'], {
    env: { ...process.env, PORT: '0', EVENTS_DIR: dir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  ends.push(() => new Promise((done) => server.once('exit', done) && server.kill()));
  const port = await new Promise((done) => server.stdout.on('data', (text) => done(/\d+/.exec(`${text}`)[0])));
  return `http://127.0.0.1:${port}`;
};

// What the gateway adds: https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloudrun/src/development/weixin/
const GATEWAY = {
  'x-wx-openid': 'oABC',
  'x-wx-unionid': 'uABC',
  'x-wx-appid': 'wx1',
  'x-wx-env': 'prod-01',
  'x-wx-source': 'wx_client',
};

describe('examples/cloud-run', () => {
  const dir = mkdtempSync(join(tmpdir(), 'minitrail-cloud-'));
  const rows = () =>
    readdirSync(dir)
      .flatMap((file) => readFileSync(join(dir, file), 'utf8').trim().split('\n'))
      .map((line) => JSON.parse(line));
  const post = (url, body, headers = GATEWAY) => fetch(`${url}/v1/events`, { method: 'POST', body, headers });

  it('keeps each event once, under the openid that the gateway vouches for', async () => {
    ends.push(() => rmSync(dir, { recursive: true }));
    const bodies = [];
    const url = await startContainer(dir);
    const cloud = createWxCloud({
      async container({ path, method, header, data }) {
        bodies.push(data);
        const response = await fetch(url + path, { method, headers: { ...header, ...GATEWAY }, body: data });
        return { statusCode: response.status, header: Object.fromEntries(response.headers), data: await response.text() };
      },
    });
    const tracker = await sendFrom(wechatContainer({ env: 'prod-01', service: 'events' }), cloud);
    expect(tracker.stats()).toMatchObject({ waiting: 0, dropped: {} });
    const paid = rows().find(({ name }) => name === 'order_paid');
    expect(paid).toMatchObject({
      ids: { openid: 'oABC', unionid: 'uABC' },
      properties: { value: 5 },
      anonymous_id: expect.any(String),
    });

    // A lost answer: the same again changes nothing, also at a new start.
    const before = rows().length;
    expect((await post(url, bodies[0])).status).toBe(200);
    expect(rows()).toHaveLength(before);
    const again = await startContainer(dir);
    expect((await post(again, bodies[0])).status).toBe(200);
    expect(rows()).toHaveLength(before);

    // Not from the gateway, no batch, not the path.
    expect((await post(url, bodies[0], {})).status).toBe(403);
    expect((await post(url, 'no')).status).toBe(400);
    expect((await fetch(`${url}/other`, { method: 'POST' })).status).toBe(404);
    // An openid in the batch is only a claim.
    const forged = JSON.parse(bodies[0]);
    forged.batch[0].id = 'forged';
    forged.contexts[0].ids = { openid: 'oEVIL' };
    await post(url, JSON.stringify(forged));
    expect(rows().find(({ id }) => id === 'forged').ids.openid).toBe('oABC');
  });

  it('copies into the image all that it runs', async () => {
    const dockerfile = readFileSync('examples/cloud-run/Dockerfile', 'utf8');
    const copied = /^COPY (.+) \.\/$/m.exec(dockerfile)[1].split(' ');
    const used = copied.flatMap((file) =>
      [...readFileSync(`examples/cloud-run/${file}`, 'utf8').matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => name),
    );
    expect(copied).toEqual(expect.arrayContaining([...used, 'server.mjs', 'package.json']));
    await promisify(execFile)(process.execPath, ['--check', 'examples/cloud-run/server.mjs']);
  });
});

describe('examples/cloud-function', () => {
  /** `wx-server-sdk` as far as the function uses it. */
  const load = (caller) => {
    const documents = new Map();
    const sdk = {
      DYNAMIC_CURRENT_ENV: Symbol('env'),
      init() {},
      getWXContext: () => caller,
      database: () => ({
        collection: (name) => ({
          doc: (id) => ({
            async set({ data }) {
              if (name !== 'events') throw new Error('-502005 database collection not exists');
              documents.set(id, { _id: id, ...data });
              return { _id: id, stats: { updated: 0, created: 1 } };
            },
          }),
        }),
      }),
    };
    const path = require.resolve('../../examples/cloud-function/index.js');
    const exported = { exports: {} };
    // `wx-server-sdk` is installed in the cloud only.
    const run = new Function('require', 'exports', 'module', readFileSync(path, 'utf8'));
    run((name) => (name === 'wx-server-sdk' ? sdk : createRequire(path)(name)), exported.exports, exported);
    return { documents, main: exported.exports.main };
  };

  it('keeps each event as a document of its id, under the openid that WeChat vouches for', async () => {
    const { documents, main } = load({ OPENID: 'oABC', APPID: 'wx1', UNIONID: 'uABC', SOURCE: 'wx_client' });
    const cloud = createWxCloud({ functions: { events: main } });
    await sendFrom(wechatFunction({ name: 'events' }), cloud);
    const rows = [...documents.values()];
    expect(rows.find(({ name }) => name === 'order_paid')).toMatchObject({
      ids: { openid: 'oABC', unionid: 'uABC' },
      properties: { value: 5 },
      platform: expect.any(String),
    });
    const again = await main(cloud.calls[0].data);
    expect(again.statusCode).toBe(200);
    expect(documents.size).toBe(rows.length);
  });

  it('refuses what is no batch, and fails when the database does', async () => {
    const { main } = load({});
    expect(await main({ body: '{}' })).toMatchObject({ statusCode: 400 });
    const down = load({});
    down.documents.set = () => {
      throw new Error('-501001 resource system error');
    };
    const batch = { schema: 'minitrail/1', contexts: [{}], batch: [{ id: 'a', name: 'b', context: 0 }] };
    await expect(down.main({ body: JSON.stringify(batch) })).rejects.toThrow('-501001');
  });
});
