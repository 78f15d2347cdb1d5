import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exposure } from '../../src/plugins/exposure';
import { favorite } from '../../src/plugins/favorite';
import { pageInteraction } from '../../src/plugins/pageInteraction';
import { pageLeave } from '../../src/plugins/pageLeave';
import { pageView } from '../../src/plugins/pageView';
import { performance } from '../../src/plugins/performance';
import { subscribeMessage } from '../../src/plugins/subscribeMessage';
import { tap } from '../../src/plugins/tap';
import type { Options } from '../helpers/fakeHost';
import { startTracker } from '../helpers/fakeHostTracker';

const PAY = 'pages/pay/pay';
const PLUGINS = { exposure, favorite, pageInteraction, pageLeave, pageView, performance, subscribeMessage, tap };

/** Does on one page all that these plugins look at. */
const visit = (plugin: (options: never) => never, options: object): readonly string[] => {
  const observer = {
    relativeToViewport: () => observer,
    observe: (_: string, seen: (entry: object) => void) => seen({ id: 'a', intersectionRatio: 1 }),
    disconnect: () => undefined,
  };
  const api = {
    requestSubscribeMessage: ({ success }: { success(answer: object): void }) => success({ a: 'accept' }),
    request: ({ success }: { success(answer: object): void }) => success({ statusCode: 200 }),
  };
  const { host, names } = startTracker([plugin(options as never)], { api });
  const page = {
    createIntersectionObserver: () => observer,
    onTap() {},
    onPullDownRefresh() {},
    onAddToFavorites: () => ({}),
  };
  host.file(PAY, () => (globalThis as unknown as { Page(o: Options): void }).Page(page));
  host.launch();
  const opened = host.open(PAY) as unknown as Record<string, (event?: object) => void>;
  vi.advanceTimersByTime(5000);
  opened.onTap?.({ type: 'tap', timeStamp: 9, currentTarget: { id: 'a' }, target: { id: 'a' } });
  opened.onPullDownRefresh?.();
  opened.onAddToFavorites?.();
  api.requestSubscribeMessage({ tmplIds: ['a'], success() {} } as never);
  api.request({ url: 'https://api.example.com/', success() {} } as never);
  host.hide();
  return names();
};

beforeEach(() => {
  vi.useFakeTimers();
});

describe.each(Object.entries(PLUGINS))('%s', (_, plugin) => {
  const options = { slowRequestMs: 0 };
  it('tells of a page', () => {
    expect(visit(plugin as never, options)).not.toEqual([]);
  });

  it.each([PAY, `/${PAY}`])('leaves out the page that is excluded as %s', (exclude) => {
    expect(visit(plugin as never, { ...options, exclude: [exclude] })).toEqual([]);
  });

  it('leaves out no page that only ends alike', () => {
    expect(visit(plugin as never, { ...options, exclude: ['pay/pay'] })).not.toEqual([]);
  });
});

it('exposure finds the selectors of a page with a leading slash', () => {
  expect(visit(exposure as never, { selectors: { [`/${PAY}`]: '.a' } })).toEqual(['exposure']);
});
