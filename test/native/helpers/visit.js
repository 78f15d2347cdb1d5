import { expect } from 'vitest';
import { textOf } from '../../../examples/simulator/host/walkTree.js';
import { inShort, startApp } from './startApp.js';

/** What a visit of the fixture is, as an endpoint sees it. */
const EXPECTED = [
  'app_launch pages/home/index',
  'app_show pages/home/index',
  'page_view pages/home/index',
  'tap open',
  'opened',
  'page_leave pages/home/index',
  'page_view pages/detail/index',
  'tap add',
  'page_leave pages/detail/index',
  'page_view pages/home/index',
  'page_leave pages/home/index',
  'app_hide',
];

/**
 * Goes through the fixture on the simulator's host: launch, tap, navigate, tap, back, hide. What arrives at the
 * collector must be the whole visit, and the app must have worked and met no error.
 */
export const visitFixture = async (project, options) => {
  const app = await startApp(project, options);
  try {
    const { host } = app;
    await host.tap('#open');
    await host.tap('#add');
    expect(textOf(host.find('#count'))).toBe('7: 1');
    await host.back();
    await host.hide();
    const events = await app.arrived();
    expect(inShort(events)).toEqual(EXPECTED);
    expect(events.find(({ name }) => name === 'opened').properties).toEqual({ id: '7' });
    expect(app.errors).toEqual([]);
    expect(app.stats()).toMatchObject({ accepted: EXPECTED.length, acknowledged: EXPECTED.length, waiting: 0, dropped: {} });
    return events;
  } finally {
    await app.close();
  }
};
