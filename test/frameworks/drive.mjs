import FakeTimers from '@sinonjs/fake-timers';
import { ABSENT } from '../../examples/simulator/host/createModuleLoader.js';
import { createDevice, createNodeHost } from '../../examples/simulator/host/node.mjs';
import { createCollector } from './collector.mjs';

/** A shared card, as each host numbers it. */
export const SCENES = { wechat: 1007, alipay: '1007', douyin: '021036' };
export const READING_MS = 4000;
export const TAP_MS = 300;
/** Longer than a tracker waits before it sends: 15 s, or up to 2.2 s with what it finds stored. */
export const SENDING_MS = 20_000;

/** What stands for names that a framework's own runtime needs of the host. */
const STAND_INS = {
  global: () => ({}),
  navigator: () => ({ swuserAgent: 'AlipayClient' }),
};

/** Answers `createTracker` with a tracker that does nothing, so that the app runs as if there were none. */
const noTracker = () => Object.assign(() => {}, { trackers: { minitrail: {} } });

/** All but what Node's own `Response` runs on. */
const FAKED = ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'];

/**
 * One visit to a build of the example, as a visitor makes it: a look, some taps, a share, another page and back, the
 * home key, a tap without a network, a kill, and a second launch. Hours of clock time pass in no time.
 *
 * @param {object} options
 * @param {import('../../examples/simulator/compileProject.mjs').Project} options.project
 * @param {readonly string[]} [options.present] names that the app's code sees beyond those of the barest host
 * @param {boolean} [options.isControl] the same visit without a tracker
 */
export const drive = async ({ project, present = [], isControl = false }) => {
  const clock = FakeTimers.install({ now: Date.UTC(2026, 0, 5, 8), toFake: FAKED });
  const collector = createCollector();
  const device = createDevice();
  const hosts = [];
  const seen = { card: null, menus: [], screens: [], deliveredOffline: 0, problems: [] };

  const start = async () => {
    const absent = ABSENT.filter((name) => !present.includes(name));
    const host = await createNodeHost({ project, device, fetch: collector.fetch, absent });
    for (const name of present) if (STAND_INS[name]) host.global[name] = STAND_INS[name]();
    // As a function, because uni-app's copy of `wx` has only those.
    if (isControl) host.api.__minitrail = noTracker();
    host.on('error', ({ message }) => seen.problems.push(`an error reached the host: ${message}`));
    hosts.push(host);
    return host;
  };
  /** The app must answer, or its taps prove nothing. */
  const expectText = (host, text) => {
    const screen = host.text();
    seen.screens.push(screen);
    if (!screen.includes(text)) seen.problems.push(`"${text}" is not on the screen: ${screen}`);
  };
  const tap = async (host, selector, text) => {
    await host.tap(selector);
    await clock.tickAsync(TAP_MS);
    expectText(host, text);
  };

  const visit = async () => {
    const host = await start();
    const scene = SCENES[project.platform];
    await host.launch({ path: 'pages/index/index', query: { from: 'friend' }, scene });
    await clock.tickAsync(READING_MS);

    await tap(host, '#refresh', 'Refreshed 1');
    await tap(host, 'text=Add to cart', 'In the cart: 2 sencha');
    expectText(host, 'Chosen 1'); // the card around it hears the tap, too
    await tap(host, '#plus', 'Count 1');
    await tap(host, '#plus', 'Count 2'); // the render in between may have changed the handler
    await host.trigger('#list', 'scroll', { scrollTop: 120 });
    await clock.tickAsync(TAP_MS);
    expectText(host, 'Scrolled to 120');
    seen.menus.push(host.menu());
    seen.card = await host.share();

    await tap(host, 'text=Open', 'Tea: sencha');
    await tap(host, '#buy', 'Bought 1');
    seen.menus.push(host.menu());
    await clock.tickAsync(READING_MS);
    await host.back();
    await clock.tickAsync(READING_MS);
    expectText(host, 'Chosen 1'); // "Open" keeps its tap to itself

    await host.hide();
    await clock.tickAsync(READING_MS);
    await host.show();
    await clock.tickAsync(SENDING_MS);

    const delivered = collector.events().length;
    host.setOnline(false);
    await tap(host, '#refresh', 'Refreshed 2');
    await clock.tickAsync(SENDING_MS);
    seen.deliveredOffline = collector.events().length - delivered;
    host.kill();

    device.network.isConnected = true;
    const again = await start();
    await again.launch({ path: 'pages/index/index', scene });
    await clock.tickAsync(SENDING_MS);
  };

  try {
    await visit();
  } catch (error) {
    seen.problems.push(`the visit ended early: ${error.message}`);
  } finally {
    for (const host of hosts) host.kill();
    clock.uninstall();
  }
  return { ...seen, events: collector.events() };
};
