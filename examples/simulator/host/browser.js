/**
 * The phone: runs one mini-program process in this window, and talks to the page around it.
 *
 * The messages in both directions are described in PROTOCOL.md. A kill is the removal of the iframe; what must
 * outlive it (the storage) is in localStorage under `sim:<visitor>:`.
 */
import { createDevice } from './createDevice.js';
import { createHost } from './createHost.js';
import { createDomRenderer } from './dom/createDomRenderer.js';
import { installHoverClass } from './dom/hoverClass.js';
import { localStorageArea } from './dom/localStorageArea.js';
import { installKeyboardTap, tapElement } from './dom/tapElement.js';
import { textsFor } from './dom/texts.js';

const parameters = new URLSearchParams(location.search);
const visitor = parameters.get('visitor') ?? '1';
const jsonParameter = (name) => JSON.parse(parameters.get(name) ?? '{}');

const post = (type, fields = {}) => parent.postMessage({ ...fields, type, visitor, at: Date.now() }, '*');

const part = (id) => document.getElementById(id);

/** Indirect eval runs in the global scope, where the app's names live; sourceURL names the file in DevTools. */
// biome-ignore lint/security/noGlobalEval: the app must run where its globals are; WeChat's own tools do the same
const globalEval = globalThis.eval;
const evaluate = (source, filename) => globalEval(`${source}\n//# sourceURL=miniprogram/${filename}`);

/** What the device says of its size is what it has. The window is that of a page without a tab bar. */
const windowSize = () => ({
  screenWidth: part('phone').clientWidth,
  screenHeight: window.innerHeight,
  windowWidth: part('phone').clientWidth,
  windowHeight: window.innerHeight - part('navigation').clientHeight,
});

const start = async () => {
  const answer = await fetch(parameters.get('project') ?? 'project.json');
  if (!answer.ok) throw new Error(`project: HTTP ${answer.status} ${await answer.text()}`);
  const project = await answer.json();

  const { networkType, ...info } = jsonParameter('device');
  const device = createDevice({
    storage: localStorageArea(visitor),
    isConnected: parameters.get('offline') !== '1',
    networkType,
    latencyMs: Number(parameters.get('latency') ?? 0),
    info: { ...windowSize(), ...info },
  });
  window.addEventListener('resize', () => Object.assign(device.info, windowSize()));
  part('phone').dataset.platform = project.platform ?? 'wechat';

  // One object for the bars and the dialogs: its words change with the device's language.
  const texts = { ...textsFor(device.info.language, project.platform) };
  const actions = {
    back: () => host.back(),
    home: () => host.home(),
    switchTab: (path) => host.switchTab(path),
    close() {
      host.hide();
      post('capsule', { action: 'close' });
    },
    menu() {
      post('capsule', { action: 'menu' });
      const { share, timeline, favorites } = host.menu();
      const entries = [
        { text: texts.share, symbol: '➤', enabled: share, run: () => void host.share({ from: 'menu' }) },
        { text: texts.timeline, symbol: '◎', enabled: timeline, run: () => void host.shareTimeline() },
        { text: texts.favorites, symbol: '★', enabled: favorites, run: () => void host.addToFavorites() },
      ];
      // What the host does not have at all is not there, what this page does not offer is grey.
      renderer.menu(host.title(), project.platform === 'wechat' ? entries : entries.slice(0, 1));
    },
  };

  const renderer = createDomRenderer({
    project,
    parts: { navigation: part('navigation'), screen: part('screen'), tabBar: part('tab-bar'), layer: part('layer') },
    actions,
    texts,
    depth: () => host.pages().length,
  });

  const host = createHost({
    project,
    device,
    renderer,
    realm: { global: window, console, evaluate },
    fetch: (...args) => fetch(...args),
    extConfig: jsonParameter('ext'),
  });
  installHoverClass(part('screen'));
  installKeyboardTap(part('screen'));

  for (const name of ['request', 'response', 'console', 'route', 'storage', 'share', 'toast', 'network', 'lifecycle']) {
    host.on(name, (fields) => post(name, fields));
  }
  host.on('error', ({ message }) => {
    console.error(message);
    post('error', { message });
  });
  window.addEventListener('unhandledrejection', (event) => host.unhandledRejection(event.reason, event.promise));

  const tap = (selector) => {
    const node = host.find(selector);
    if (!node) throw new Error(`tap: nothing matches "${selector}"`);
    tapElement(node.getBackendElement());
  };

  /** @type {Record<string, (message: any) => any>} */
  const controls = {
    launch: ({ path, query, scene, referrerInfo, shareTicket }) =>
      host.launch({ path, query, scene, referrerInfo, shareTicket }),
    hide: () => host.hide(),
    show: ({ path, query, scene, referrerInfo, shareTicket }) => host.show({ path, query, scene, referrerInfo, shareTicket }),
    online: ({ value }) => host.setOnline(value),
    latency: ({ ms }) => host.setLatency(ms),
    back: actions.back,
    home: actions.home,
    switchTab: ({ path }) => host.switchTab(path),
    menu: actions.menu,
    share: () => host.share({ from: 'menu' }),
    shareTimeline: () => host.shareTimeline(),
    addToFavorites: () => host.addToFavorites(),
    ext: ({ value }) => host.setExtConfig(value),
    device({ value }) {
      Object.assign(device.info, value);
      Object.assign(texts, textsFor(device.info.language, project.platform));
      renderer.redraw();
    },
    // Only data can be posted.
    call: async ({ path, args = [] }) => JSON.parse(JSON.stringify((await host.call(path, ...args)) ?? null)),
    tap: ({ selector }) => tap(selector),
  };

  window.addEventListener('message', async ({ source, data }) => {
    if (source !== parent || !Object.hasOwn(controls, data?.type)) return;
    const reply = (fields) => data.id !== undefined && post('done', { id: data.id, ...fields });
    try {
      const result = await controls[data.type](data);
      reply({ ok: true, result: result ?? null });
    } catch (error) {
      console.error(error);
      reply({ ok: false, error: String(error?.message ?? error) });
    }
  });

  const { tabBar, window: windowJson } = project.appJson;
  post('ready', {
    pages: project.pages,
    tabBar: (tabBar?.list ?? []).map(({ pagePath, text }) => ({ pagePath, text })),
    title: windowJson?.navigationBarTitleText ?? '',
  });
};

start().catch((error) => {
  console.error(error);
  part('layer').textContent = String(error?.message ?? error);
  post('failed', { error: String(error?.message ?? error) });
});
