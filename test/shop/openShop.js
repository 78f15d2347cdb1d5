import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildHost } from '../../examples/shop/build/buildShops.mjs';
import { compileProject } from '../../examples/simulator/compileProject.mjs';
import { ABSENT, ABSENT_ON_OLD_PHONES } from '../../examples/simulator/host/createModuleLoader.js';
import { createDevice, createNodeHost } from '../../examples/simulator/host/node.mjs';
import { textOf } from '../../examples/simulator/host/walkTree.js';

const shopDir = fileURLToPath(new URL('../../examples/shop', import.meta.url));
const packageDir = fileURLToPath(new URL('../../miniprogram_dist', import.meta.url));

/** Whether there is a package to put into the shop. */
export const isPackageBuilt = existsSync(join(packageDir, 'index.js'));

const INSTALLED = 'miniprogram_npm/minitrail/';

const RECOMMENDATIONS = 'https://shop.example.com/v1/recommendations';

/** The project that `npm run shop` writes for a host, made anew. */
const compileShopFor = async (host) => {
  const dir = mkdtempSync(join(tmpdir(), `minitrail-shop-${host}-`));
  try {
    buildHost(host, dir);
    return await compileProject(dir, { platform: host });
  } finally {
    rmSync(dir, { recursive: true });
  }
};

/**
 * The shop with the package as it is built now, whatever an earlier `npm run shop` copied into its folder.
 *
 * @param {'wechat' | 'alipay' | 'douyin'} [host]
 */
export const compileShop = async (host = 'wechat') => {
  if (host !== 'wechat') return compileShopFor(host);
  const project = await compileProject(shopDir);
  const modules = Object.fromEntries(Object.entries(project.modules).filter(([path]) => !path.startsWith(INSTALLED)));
  for (const file of readdirSync(packageDir, { recursive: true })) {
    if (file.endsWith('.js')) {
      modules[INSTALLED + file.split('\\').join(posix.sep)] = readFileSync(join(packageDir, file), 'utf8');
    }
  }
  return { ...project, modules };
};

/**
 * Starts the shop on a phone, with a collector that takes everything.
 *
 * @param {object} options
 * @param {object} options.project
 * @param {object} [options.device] the one of an earlier visit, for a cold start
 * @param {object} [options.ext] what getExtConfigSync() answers
 * @param {object} [options.launch] launch options
 * @param {() => object | undefined} [options.minitrail] what the collector says to plugins in its next answer
 * @param {(query: URLSearchParams) => Response} [options.recommends] the shop's server, asked what to recommend
 * @param {(dialog: { title: string }) => boolean} [options.modal] how the customer answers; yes to all unless given
 */
export const openShop = async ({
  project,
  device = createDevice(),
  ext = {},
  launch,
  modal,
  minitrail = () => undefined,
  recommends,
}) => {
  const sent = [];
  const errors = [];
  const host = await createNodeHost({
    project,
    device,
    extConfig: { heldOut: 0, recommendations: recommends && RECOMMENDATIONS, ...ext },
    answers: { modal },
    // Alipay and Douyin promise no more than this.
    absent: project.platform === 'wechat' ? ABSENT : ABSENT_ON_OLD_PHONES,
    fetch: async (url, { body }) => {
      if (url.startsWith(RECOMMENDATIONS)) return recommends(new URL(url).searchParams);
      const { batch, contexts } = JSON.parse(body);
      sent.push(...batch.map((event) => ({ ...event, context: contexts[event.context], url })));
      return new Response(JSON.stringify({ accepted: batch.map(({ id }) => id), rejected: [], minitrail: minitrail() }));
    },
  });
  host.on('error', ({ message }) => errors.push(message));
  await host.launch(launch);

  const events = async () => {
    await host.app().tracker.flush();
    return [...sent].sort((a, b) => a.boot - b.boot || a.seq - b.seq);
  };

  return {
    host,
    device,
    errors,
    path: () => host.pages().at(-1).path,
    textAt: (selector) => textOf(host.find(selector)),
    /** What the shop keeps under one of its keys. */
    stored: (key) => JSON.parse(device.storage.get(key)).value,
    async tap(...selectors) {
      for (const selector of selectors) await host.tap(selector);
    },
    /** Every event so far, in the order of capture. */
    events,
    /** The shop's own events, without the automatic ones. */
    trackedEvents: async () => (await events()).filter(({ type }) => type === 'track'),
  };
};
