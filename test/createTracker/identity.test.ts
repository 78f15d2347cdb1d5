import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anonymousId } from '../../src/plugins/anonymousId';
import { appLifecycle } from '../../src/plugins/appLifecycle';
import { profile } from '../../src/plugins/profile';
import { timers } from '../../src/plugins/timers';
import { webviewLink } from '../../src/plugins/webviewLink';
import { readVisitor } from '../../src/webview';
import type { createFakeAdapter } from '../helpers/fakeHostAdapter';
import { flushed, spyOnWarnings, startTracker } from '../helpers/fakeHostTracker';

let warnings: () => string[];

beforeEach(() => {
  vi.useFakeTimers();
  warnings = spyOnWarnings();
});

const contextsOf = (device: ReturnType<typeof createFakeAdapter>) => device.bodies().flatMap(({ contexts }) => contexts);

describe('setIds', () => {
  it('tells of new ids once, and puts all of them on later events', async () => {
    const { tracker, device, events } = startTracker();
    tracker.setIds({ openid: 'o1' });
    tracker.setIds({ openid: 'o1' });
    tracker.setIds({ openid: 'o1', unionid: 'u1' });
    tracker.track('x');
    expect(events.map(({ type, name, properties }) => [type, name, properties])).toEqual([
      ['identify', 'alias', { openid: 'o1' }],
      ['identify', 'alias', { unionid: 'u1' }],
      ['track', 'x', {}],
    ]);
    await flushed(tracker);
    expect(contextsOf(device).pop().ids).toEqual({ openid: 'o1', unionid: 'u1' });
  });

  it('keeps them over launches, beside the login id', async () => {
    const first = startTracker();
    first.tracker.setIds({ openid: 'o1' });
    first.tracker.identify('u_1');
    await flushed(first.tracker);
    first.tracker.destroy();
    const second = startTracker([], { values: first.device.values });
    second.tracker.setIds({ openid: 'o1' });
    expect(second.events).toEqual([]);
    second.tracker.track('x');
    await flushed(second.tracker);
    expect(contextsOf(second.device).pop()).toMatchObject({ user_id: 'u_1', ids: { openid: 'o1' } });
  });

  it('leaves out what is no id and says so', () => {
    const { tracker, events } = startTracker();
    tracker.setIds({ openid: undefined as unknown as string, unionid: '', member: true as unknown as string });
    tracker.setIds(undefined as unknown as Record<string, string>);
    expect(events).toEqual([]);
    expect(warnings()).toHaveLength(3);
  });

  it('takes the others where one throws when it is read', () => {
    const { tracker, sent } = startTracker();
    const ids = {
      get openid(): string {
        throw new Error('not logged in');
      },
      unionid: 'u1',
    };
    expect(() => tracker.setIds(ids)).not.toThrow();
    expect(sent('alias')).toEqual({ unionid: 'u1' });
    expect(warnings()[0]).toContain('E1 setIds openid');
  });

  it('forgets them with reset()', async () => {
    const { tracker, device } = startTracker();
    tracker.setIds({ openid: 'o1' });
    tracker.track('x');
    tracker.reset();
    tracker.track('y');
    await flushed(tracker);
    const contexts = contextsOf(device);
    expect(contexts.map(({ ids }) => ids)).toEqual([{ openid: 'o1' }, undefined]);
    expect(contexts[0].anonymous_id).not.toBe(contexts[1].anonymous_id);
  });
});

describe('profile', () => {
  it('sends each operation as an event that says what to do', () => {
    const { tracker, events } = startTracker([profile()]);
    tracker.profile.set({ city: 'Shenzhen' });
    tracker.profile.setOnce({ first_coupon: 'C1' });
    tracker.profile.increment({ orders: 1, spent: 19.9 });
    tracker.profile.append({ viewed: 'A1' });
    tracker.profile.unset('birthday', 'city');
    tracker.profile.delete();
    expect(events.map(({ type, name, properties }) => [type, name, properties])).toEqual([
      ['profile', 'profile_set', { city: 'Shenzhen' }],
      ['profile', 'profile_set_once', { first_coupon: 'C1' }],
      ['profile', 'profile_increment', { orders: 1, spent: 19.9 }],
      ['profile', 'profile_append', { viewed: 'A1' }],
      ['profile', 'profile_unset', { keys: ['birthday', 'city'] }],
      ['profile', 'profile_delete', {}],
    ]);
  });

  it('is not mixed with the properties of events', () => {
    const { tracker, events } = startTracker([profile()]);
    tracker.register({ store: 'shenzhen' });
    tracker.profile.set({ city: 'Shenzhen' });
    tracker.identify('u1', { level: 'gold' });
    tracker.setIds({ openid: 'o1' });
    tracker.track('x');
    expect(events.map(({ properties }) => properties)).toEqual([
      { city: 'Shenzhen' },
      { level: 'gold' },
      { openid: 'o1' },
      { store: 'shenzhen' },
    ]);
  });
});

describe('decorateUrl', () => {
  it('carries visitor and session into a page, in place of older ones', async () => {
    const { tracker, device, events } = startTracker([webviewLink()]);
    tracker.track('x');
    await flushed(tracker);
    const { anonymous_id } = contextsOf(device).pop();
    const { session_id } = events[0] as { session_id: string };
    expect(tracker.decorateUrl('https://m.example.com/help?a=1&mt_visitor=old#top')).toBe(
      `https://m.example.com/help?a=1&mt_visitor=${anonymous_id}&mt_session=${session_id}&mt_platform=fake#top`,
    );
  });

  it.each([
    ['1700000000.42~a_b-c', { anonymousId: '1700000000.42~a_b-c', platform: 'fake' }],
    ['a'.repeat(128), { anonymousId: 'a'.repeat(128), platform: 'fake' }],
    // What a page may take for more than an id is read by none, and leaves the rest of the address as it is.
    ['a&id=9#b 中', undefined],
  ])('carries the id of another SDK: %s', (from, visitor) => {
    const { tracker } = startTracker([anonymousId({ from }), webviewLink()]);
    const url = tracker.decorateUrl('https://m.example.com/help?id=7#top');
    expect(url).toMatch(/^https:\/\/m\.example\.com\/help\?id=7&mt_visitor=[^&#]+&mt_session=\w+&mt_platform=fake#top$/);
    if (visitor) expect(readVisitor({ url })).toMatchObject(visitor);
    else expect(readVisitor({ url })).toBeUndefined();
  });

  it('hands back an address that is empty', () => {
    expect(startTracker([webviewLink()]).tracker.decorateUrl('')).toBe('');
  });

  it('hands back what is no URL and says so', () => {
    const { tracker } = startTracker([webviewLink()]);
    expect(tracker.decorateUrl(undefined as unknown as string)).toBeUndefined();
    expect(warnings()[0]).toContain('decorateUrl');
  });
});

describe('startTimer', () => {
  it('gives the next event of the name its duration, once', () => {
    const { tracker, sent, last } = startTracker([timers()]);
    tracker.startTimer('watched');
    vi.advanceTimersByTime(1500);
    tracker.track('other');
    tracker.track('watched', { id: 'v1' });
    expect(sent('other')).toEqual({});
    expect(sent('watched')).toEqual({ duration_ms: 1500, id: 'v1' });
    tracker.track('watched');
    expect(last('watched')).toEqual({});
  });

  it('leaves out the time in the background', () => {
    const { tracker, host, sent } = startTracker([appLifecycle(), timers()]);
    host.launch();
    tracker.startTimer('watched');
    vi.advanceTimersByTime(1000);
    host.hide();
    vi.advanceTimersByTime(60_000);
    host.show();
    vi.advanceTimersByTime(500);
    tracker.track('watched');
    expect(sent('watched').duration_ms).toBe(1500);

    tracker.startTimer('left');
    vi.advanceTimersByTime(200);
    host.hide();
    vi.advanceTimersByTime(60_000);
    tracker.track('left');
    expect(sent('left').duration_ms).toBe(200);
  });

  it('counts from the return to the app when it was called in the background', () => {
    const { tracker, host, sent } = startTracker([timers()]);
    host.launch();
    host.hide();
    vi.advanceTimersByTime(4000);
    tracker.startTimer('watched');
    vi.advanceTimersByTime(60_000);
    host.show();
    vi.advanceTimersByTime(10_000);
    tracker.track('watched');
    expect(sent('watched').duration_ms).toBe(10_000);
  });

  it('adds nothing to an event whose name every object knows', () => {
    const { tracker, sent } = startTracker([timers()]);
    tracker.track('constructor');
    expect(sent('constructor')).toEqual({});
  });

  it('is never negative when the clock is set back', () => {
    const { tracker, sent } = startTracker([timers()]);
    tracker.startTimer('watched');
    vi.setSystemTime(Date.now() - 3_600_000);
    tracker.track('watched');
    expect(sent('watched').duration_ms).toBe(0);
  });
});

describe('the anonymous id', () => {
  it('is drawn at the first launch and stays', async () => {
    const first = startTracker();
    first.tracker.track('x');
    await flushed(first.tracker);
    const { anonymous_id } = contextsOf(first.device).pop();
    expect(anonymous_id).toMatch(/^[\da-f]{32}$/);
    first.tracker.destroy();
    const second = startTracker([], { values: first.device.values });
    second.tracker.track('y');
    await flushed(second.tracker);
    expect(contextsOf(second.device).pop().anonymous_id).toBe(anonymous_id);
  });
});
