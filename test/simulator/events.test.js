import { describe, expect, it } from 'vitest';
import { startHost } from './startHost.js';

describe('createHost: tap events', () => {
  it('bubbles from the inside out, and stops at catch', async () => {
    const { host, lines } = await startHost();
    lines();
    await host.tap('#inner');
    expect(lines()).toEqual(['inner', 'outer:inner:outer']);
    await host.tap('#caught');
    expect(lines()).toEqual(['caught']);
  });

  it('looks as on WeChat and can be serialised', async () => {
    const { host } = await startHost();
    const page = host.page();
    await host.tap('#item-2', { x: 10, y: 20 });
    const event = JSON.parse(JSON.stringify(page.event));
    expect(event).toMatchObject({
      type: 'tap',
      timeStamp: expect.any(Number),
      currentTarget: { id: 'item-2', dataset: { id: 2 }, offsetLeft: 0, offsetTop: 0 },
      detail: { x: 10, y: 20 },
      touches: [{ identifier: 0, clientX: 10, clientY: 20 }],
      changedTouches: [{ identifier: 0 }],
    });
    expect(event.timeStamp).toBeLessThan(60_000); // since the page was opened
  });

  it('delivers what a component triggers, and other events of the page', async () => {
    const { host } = await startHost();
    await host.tap('#card');
    expect(host.page().picked).toEqual({ label: 'Card' });
    await host.trigger('#field', 'input', { value: '四个字啊' });
    expect(host.page().data.count).toBe(4);
  });

  it('finds by class, id, tag name and text', async () => {
    const { host, lines } = await startHost();
    lines();
    await host.tap('text=caught');
    expect(lines()).toEqual(['caught']);
    expect(host.find('card')).toBe(host.find('#card'));
    expect(host.find('.card').dataset).toEqual({});
    expect(host.find('.nothing')).toBeNull();
  });

  it('opens what a navigator points to', async () => {
    const { host } = await startHost();
    await host.tap('#nav');
    expect(host.pages().at(-1)).toEqual({ path: 'pages/detail/detail', query: { from: 'nav' } });
  });

  it('plays intersections for a page without a screen', async () => {
    const { host } = await startHost();
    const seen = [];
    const observer = host.api.createIntersectionObserver(host.page(), { thresholds: [0.5], observeAll: true });
    observer
      .relativeToViewport()
      .observe('.row', ({ dataset, intersectionRatio }) => seen.push([dataset.id, intersectionRatio]));
    await host.intersect('#item-2', 1);
    await host.intersect('#item-2', 0);
    observer.disconnect();
    await host.intersect('#item-2', 1);
    expect(seen).toEqual([
      [2, 1],
      [2, 0],
    ]);
  });
});
