import ts from 'typescript';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTracker } from '../../src/createTracker';
import { instrument } from '../../src/instrument/instrument';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { ENDPOINT, startTracker } from '../helpers/fakeHostTracker';
import { blocks } from './readBlocks';

/** Runs a block of a page with these imports and globals, and hands out what it exports. */
const run = (isMeant, { imports = {}, globals = {} } = {}) => {
  const { code } = blocks.find(isMeant);
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported = {};
  new Function('exports', 'require', ...Object.keys(globals), outputText)(
    exported,
    (path) => imports[path],
    ...Object.values(globals),
  );
  return exported;
};
const inContributing = (path) => (block) => block.page === 'CONTRIBUTING.md' && block.code.startsWith(`// ${path}\n`);

beforeEach(() => void vi.useFakeTimers());

describe('the examples of CONTRIBUTING', () => {
  it('have a plugin that tracks', () => {
    const imports = { '../instrument/instrument': { instrument } };
    const { likes } = run(inContributing('src/plugins/likes.ts'), { imports });
    const { host, sent } = startTracker([likes()]);
    host.file('item', () => globalThis.Page({ onLike() {} }));
    host.launch();
    host.open('item').onLike({ type: 'tap' });
    expect(sent('like')).toEqual({ page_path: 'item' });
  });

  it('have a format that sends, and reads a refusal', async () => {
    const { lines } = run(inContributing('src/formats/lines.ts'));
    const answer = ({ body }) => ({ status: 409, body: JSON.parse(body.split('\n')[0]).id });
    const { adapter, requests } = createFakeAdapter({ answer });
    const tracker = createTracker({ adapter, endpoint: { url: ENDPOINT, format: lines() }, flushIntervalMs: 1000 });
    tracker.track('first');
    tracker.track('second');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(requests).toHaveLength(1);
    expect(requests[0].headers['content-type']).toBe('text/plain');
    expect(tracker.stats()).toMatchObject({ acknowledged: 1, dropped: { rejected: 1 } });
  });

  it.each(['docs/adapters.md', 'docs/adapters.zh-CN.md'])('have an adapter that stores and sends, in %s', async (page) => {
    const stored = new Map();
    const bodies = [];
    const qq = {
      getStorageInfoSync: () => ({ keys: [...stored.keys()] }),
      getStorageSync: (key) => stored.get(key) ?? '',
      setStorageSync: (key, value) => void stored.set(key, value),
      getStorage: ({ key, success, fail }) => (stored.has(key) ? success({ data: stored.get(key) }) : fail()),
      setStorage({ key, data, success }) {
        stored.set(key, data);
        success();
      },
      removeStorage({ key, complete }) {
        stored.delete(key);
        complete();
      },
      request({ data, success }) {
        bodies.push(JSON.parse(data));
        success({ statusCode: 200, header: {}, data: '' });
      },
      getSystemInfoSync: () => ({ language: 'zh_CN' }),
      getLaunchOptionsSync: () => ({}),
      onAppShow() {},
      offAppShow() {},
      onAppHide() {},
      offAppHide() {},
      getNetworkType: ({ success }) => success({ networkType: 'wifi' }),
      onNetworkStatusChange() {},
      offNetworkStatusChange() {},
    };
    let tracker;
    const minitrail = { createTracker: (options) => (tracker = createTracker(options)) };
    run((block) => block.page === page && block.language === 'ts', { imports: { minitrail }, globals: { qq } });
    tracker.track('first', {}, { durable: true });
    expect([...stored.values()].join()).toContain('"first"');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(bodies.flatMap(({ batch }) => batch).map(({ name }) => name)).toEqual(['first']);
    expect(bodies[0].contexts[0]).toMatchObject({ platform: 'qq', network_type: 'wifi', language: 'zh_CN' });
  });
});
