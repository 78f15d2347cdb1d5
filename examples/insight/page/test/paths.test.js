import { SankeyChart } from 'echarts/charts';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { expect, it } from 'vitest';
import { PALETTES } from '../src/palette.js';
import { flowOf } from '../src/views/pathsFlow.js';
import { pathsOption, shortPath } from '../src/views/pathsOption.js';

const row = (step, node, next, sessions) => ({
  step,
  node,
  other: Number(node === ''),
  next_node: next ?? '',
  next_other: Number(next === ''),
  ends: Number(next === null),
  sessions,
  people: sessions,
});
/** Home, a product, home again: of ten who came four went back, and of these three to the product once more. */
const BACK = [
  row(1, 'home', 'product', 10),
  row(2, 'product', 'home', 4),
  row(2, 'product', null, 6),
  row(3, 'home', 'product', 3),
  row(3, 'home', '', 1),
  row(4, 'product', null, 3),
  row(4, '', null, 1),
];
const nodeOf = ({ nodes }, step, path) => nodes.find((node) => node.step === step && node.path === path);

it('has a page of each step on its own, with all who came to it and all who ended there', () => {
  const flow = flowOf(BACK);
  expect(nodeOf(flow, 1, 'home')).toMatchObject({ column: 0, sessions: 10, ended: 0 });
  expect(nodeOf(flow, 2, 'product')).toMatchObject({ column: 1, sessions: 10, ended: 6 });
  expect(nodeOf(flow, 3, 'home')).toMatchObject({ column: 2, sessions: 4, ended: 0 });
  expect(nodeOf(flow, 4, '')).toMatchObject({ column: 3, sessions: 1, isOther: true });
  expect(flow.columns).toBe(4);
  for (const { key, step, sessions } of flow.nodes.filter((node) => node.step > 1)) {
    const came = flow.links.filter(({ to }) => to === key).reduce((sum, link) => sum + link.sessions, 0);
    expect(came, `${step}`).toBe(sessions);
  }
});

it('lets ways to a page run to the right, its last step at the end', () => {
  const flow = flowOf([row(1, 'paid', 'cart', 5), row(2, 'cart', null, 5)], { isBackwards: true });
  expect([nodeOf(flow, 1, 'paid').column, nodeOf(flow, 2, 'cart').column]).toEqual([1, 0]);
  expect(flow.links).toMatchObject([{ from: nodeOf(flow, 2, 'cart').key, to: nodeOf(flow, 1, 'paid').key }]);
});

it('keeps the largest links where there are too many, and says of how many', () => {
  const flow = flowOf(BACK, { limit: 2 });
  expect(flow.links.map(({ sessions }) => sessions)).toEqual([10, 4]);
  expect(flow.of).toBe(4);
});

it('names a page by what differs', () => {
  expect(['pages/home/index', 'pages/cart', 'shop/pages/a/index', 'index', '/pages/b/index'].map(shortPath)).toEqual([
    'home',
    'cart',
    'shop/pages/a',
    'index',
    'b',
  ]);
});

const told = {
  page: ({ path, isOther }) => (isOther ? 'Others' : path),
  sessions: (count) => `${count} sessions`,
  ended: ({ ended }, count) => ended && `${count} ended`,
};

it.each(Object.keys(PALETTES))('draws a way that comes back to a page, in %s', (theme) => {
  use([SankeyChart, SVGRenderer]);
  const chart = init(null, undefined, { renderer: 'svg', ssr: true, width: 800, height: 300 });
  chart.setOption(pathsOption(flowOf(BACK), { theme, locale: 'en', told }));
  const svg = chart.renderToSVGString();
  chart.dispose();
  for (const label of ['10 home', '10 product', '4 home', '3 product', '1 Others']) expect(svg).toContain(label);
  expect(svg).toContain(PALETTES[theme].text);
});

it('gives a page the same colour at every step', () => {
  const [{ data }] = pathsOption(flowOf(BACK), { theme: 'light', locale: 'en', told }).series;
  const colors = (path) => data.filter(({ node }) => node.path === path).map(({ itemStyle }) => itemStyle.color);
  expect(new Set(colors('home')).size).toBe(1);
  expect(colors('home')[0]).not.toBe(colors('product')[0]);
  expect(colors('')).toEqual([PALETTES.light.quiet]);
});
