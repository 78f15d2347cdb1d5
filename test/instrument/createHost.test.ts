import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createHost } from '../../src/instrument/createHost';
import { instrument } from '../../src/instrument/instrument';
import type { EnterOptions, HostSource } from '../../src/types/host';
import { createLog } from '../../src/utils/log';
import { createFakeHost, type FakeHost, type Options } from '../helpers/fakeHost';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { spyOnWarnings } from '../helpers/fakeHostTracker';

let fake: FakeHost;
let log: string[];
const steps = () => log.splice(0);
const globals = globalThis as unknown as Record<'App' | 'Page', (options: Options) => void>;

const start = (
  options: Parameters<typeof createFakeHost>[0] = {},
  adapter: { listens?: boolean; launchOptions?: EnterOptions } = {},
): HostSource => {
  fake = createFakeHost(options);
  const source = createHost(createFakeAdapter({ host: fake, ...adapter }).adapter, createLog());
  log = [];
  source.on('appLaunch', ({ scene }) => log.push(`launch ${scene}`));
  source.on('appShow', ({ scene }) => log.push(`show ${scene}`));
  source.on('appHide', ({ reason }) => log.push(`hide ${reason}`));
  return source;
};

beforeEach(() => {
  vi.useFakeTimers();
});

const LIFE = ['launch 1001', 'show 1001', 'hide 0', 'show 1038'];
const live = () => {
  fake.launch({ scene: 1001 });
  fake.hide({ reason: 0 });
  fake.show({ scene: 1038 });
};

describe('createHost: the life of the app', () => {
  it('is told by the listeners alone where App was taken before (mpx)', () => {
    start({ missing: ['App'] }, { launchOptions: { scene: 1001 } });
    live();
    expect(steps()).toEqual(LIFE);
  });

  it('is told by App alone where there are no listeners', () => {
    instrument(start({}, { listens: false }));
    globals.App({});
    live();
    expect(steps()).toEqual(LIFE);
  });

  it.each(['App', 'listener'] as const)('is told once where both speak, %s first', (first) => {
    instrument(start({ first }, { launchOptions: { scene: 1001 } }));
    globals.App({ onLaunch() {}, onShow() {}, onHide() {} });
    live();
    live();
    expect(steps()).toEqual([...LIFE, 'show 1001', 'hide 0', 'show 1038']);
  });

  it('hides once when one source tells of it twice, and is shown anew each time', () => {
    const source = start({}, { launchOptions: { scene: 1001 } });
    source.appShow('listener', { scene: 1001 });
    source.appHide('listener', { reason: 0 });
    source.appHide('listener', { reason: 1 });
    source.appShow('listener', { scene: 1038 });
    source.appShow('listener', { scene: 1011 });
    expect(steps()).toEqual(['launch 1001', 'show 1001', 'hide 0', 'show 1038', 'show 1011']);
  });

  // Inside a plugin (插件) neither exists. https://developers.weixin.qq.com/miniprogram/dev/framework/plugin/api-limit.html
  it('is told by the first page where neither speaks', () => {
    instrument(start({ missing: ['App'] }, { listens: false, launchOptions: { scene: 1011 } }));
    fake.file('a', () => globals.Page({}));
    fake.open('a');
    fake.open('a');
    expect(steps()).toEqual(['launch 1011']);
  });

  it('has one launch even if the host launches again, as Alipay does for a scheme', () => {
    instrument(start({}, { listens: false }));
    globals.App({});
    fake.launch({ scene: 1001 });
    fake.launch({ scene: 1002 });
    expect(steps()).toEqual(['launch 1001', 'show 1001', 'show 1002']);
  });

  it('reads the launch options where onLaunch brought none', () => {
    const source = start({}, { launchOptions: { scene: 1047 } });
    source.appShow('listener', undefined);
    expect(steps()).toEqual(['launch 1047', 'show undefined']);
  });

  it('survives hosts that hand over nothing', () => {
    instrument(start({}, { listens: false }));
    globals.App({});
    const app = fake.app as Record<string, () => void>;
    app.onLaunch?.();
    app.onShow?.();
    app.onHide?.();
    expect(steps()).toEqual(['launch undefined', 'show undefined', 'hide undefined']);
  });
});

describe('createHost: on', () => {
  it('stops telling a listener that unsubscribed, whatever the order', () => {
    const source = start();
    const heard: string[] = [];
    const stops = ['a', 'b', 'c'].map((name) => source.on('appShow', () => heard.push(name)));
    stops[0]?.();
    stops[1]?.();
    source.emit('appShow', {});
    expect(heard).toEqual(['c']);
    stops[2]?.();
    stops[2]?.();
    source.emit('appShow', {});
    expect(heard).toEqual(['c']);
  });

  it('keeps a listener that came after another one left', () => {
    const source = start();
    const heard: string[] = [];
    const stopA = source.on('call', () => heard.push('a'));
    const stopB = source.on('call', () => heard.push('b'));
    stopA();
    source.on('call', () => heard.push('c'));
    stopB();
    source.emit('call', { name: '', args: [], page: undefined });
    expect(heard).toEqual(['c']);
  });

  it('tells all who listened, and no one else, when one of them subscribes or unsubscribes meanwhile', () => {
    const source = start();
    const heard: string[] = [];
    source.on('appHide', () => void source.on('appHide', () => heard.push('late')));
    const stop = source.on('appHide', () => {
      stop();
      heard.push('a');
    });
    source.on('appHide', () => heard.push('b'));
    source.emit('appHide', {});
    expect(heard).toEqual(['a', 'b']);
  });

  it('goes on to the next listener when one throws, and says so once', () => {
    const warnings = spyOnWarnings();
    const source = start();
    const heard: string[] = [];
    source.on('appHide', () => {
      throw new Error('broken listener');
    });
    source.on('appHide', () => heard.push('b'));
    source.emit('appHide', {});
    source.emit('appHide', {});
    expect(heard).toEqual(['b', 'b']);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain('on appHide');
    expect(warnings()[0]).toContain('broken listener');
  });

  it('knows whether anyone listens', () => {
    const source = start();
    expect(source.has('call')).toBe(false);
    const stop = source.on('call', () => {});
    expect(source.has('call')).toBe(true);
    stop();
    expect(source.has('call')).toBe(false);
  });
});
