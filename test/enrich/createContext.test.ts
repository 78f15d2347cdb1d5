import { beforeEach, describe, expect, it } from 'vitest';
import { createContext } from '../../src/enrich/createContext';
import { freshState } from '../../src/queue/state';
import { createLog } from '../../src/utils/log';
import { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { spyOnWarnings } from '../helpers/fakeHostTracker';

let warnings: () => string[];

const start = (facts: () => object = () => ({ app_id: 'wx1' })) => {
  const { adapter } = createFakeAdapter();
  const context = createContext(Object.assign(adapter, { context: facts }), freshState(), createLog());
  return Object.assign(context, { now: () => JSON.parse(context.text()) });
};
/** Facts that take so many characters as JSON. */
const factsOf = (length: number) => ({ a: 'x'.repeat(length - '{"a":""}'.length) });

beforeEach(() => {
  warnings = spyOnWarnings();
});

describe('createContext', () => {
  it('is what is known before anybody tells more, and the same text while nothing changes', () => {
    const context = start();
    expect(context.now()).toMatchObject({ app_id: 'wx1', platform: 'fake', network_type: 'unknown' });
    const text = context.text();
    expect(context.text()).toBe(text);
    context.network('wifi');
    expect(context.now().network_type).toBe('wifi');
  });

  it('has what plugins say, beside what is known of the host, until it holds no more', () => {
    const context = start();
    context.set('launchSource', { source: { scene: '1001' }, app_id: 'theirs' });
    expect(context.now()).toMatchObject({ source: { scene: '1001' }, app_id: 'wx1' });
    context.forget();
    expect(context.now().source).toBeUndefined();
  });

  it('takes 8,192 characters of facts, and names whose are more', () => {
    const context = start();
    context.set('share', factsOf(8192));
    expect(context.now().a).toHaveLength(8184);
    expect(warnings()).toEqual([]);
    context.set('share', factsOf(8193));
    expect(context.now().a).toBeUndefined();
    expect(warnings()).toEqual(['[minitrail] E14 share']);
  });

  it('goes without the facts of an adapter that throws or says too much', () => {
    const broken = start(() => {
      throw new Error('not ready');
    });
    expect(broken.now()).toMatchObject({ platform: 'fake' });
    expect(start(() => factsOf(8193)).now().a).toBeUndefined();
    expect(warnings().join()).toMatch(/E1 adapter .*not ready.*E14 adapter/);
  });

  it('has the visitor of a preview for nobody', () => {
    expect(start(() => ({ single_page: true })).now()).toMatchObject({ anonymous_id: 'single_page' });
    expect(start().now().anonymous_id).toMatch(/^[0-9a-f]{32}$/);
  });
});
