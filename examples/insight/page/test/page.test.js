import { expect, it } from 'vitest';
import { PALETTES } from '../src/palette.js';
import { shade } from '../src/shade.js';
import { tablesOf } from '../src/tablesOf.js';
import { fromHash, toHash } from '../src/urlState.js';

const light = (color) => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

it.each(Object.entries(PALETTES))('reads well in %s', (_theme, colors) => {
  for (const text of ['text', 'quiet', 'accent', 'bad'])
    for (const ground of ['ground', 'card'])
      expect(contrast(colors[text], colors[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  expect(contrast(colors.text, colors.bar)).toBeGreaterThanOrEqual(4.5);
  for (const ground of ['ground', 'card']) expect(contrast(colors.line, colors[ground])).toBeGreaterThanOrEqual(3);
});

const channel = (color, i) => Number.parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16);
/** What a browser makes of `shade`: each channel mixed by itself. */
const mixed = (rate, { bar, card }) => {
  const part = Number(/(\d+)%/.exec(shade(rate))[1]) / 100;
  const hex = (i) =>
    Math.round(channel(bar, i) * part + channel(card, i) * (1 - part))
      .toString(16)
      .padStart(2, '0');
  return `#${[0, 1, 2].map(hex).join('')}`;
};

it.each(Object.entries(PALETTES))('reads well on every shade of a matrix in %s', (_theme, colors) => {
  for (let rate = -0.1; rate <= 1.1; rate += 0.05)
    expect(contrast(colors.text, mixed(rate, colors))).toBeGreaterThanOrEqual(4.5);
  expect(mixed(0, colors)).toBe(colors.card);
  expect(mixed(1, colors)).toBe(colors.bar);
});

it('keeps a question in the address', () => {
  const params = { from: '2026-09-03', steps: '[{"event":"a&b=c#d"},{"event":"支付"}]' };
  expect(fromHash(toHash('funnel', params))).toEqual({ id: 'funnel', params });
  expect(toHash('funnel', { from: '', by: undefined })).toBe('#/funnel');
  expect(fromHash('')).toEqual({ id: 'overview', params: {} });
});

it('makes tables of rows, of lists beside them and of the periods of a cohort', () => {
  const cohort = {
    cohort: '2026-09-03',
    size: 4,
    cells: [
      { n: 0, people: 4, rate: 1 },
      { n: 1, people: null, rate: null },
    ],
  };
  expect(tablesOf({ rows: [cohort] })[0].rows).toEqual([{ cohort: '2026-09-03', size: 4, 'cells 0': 1, 'cells 1': null }]);
  expect(tablesOf({ rows: { days: 2, list: [{ a: 1 }] } }).map(({ rows }) => rows)).toEqual([[{ days: 2 }], [{ a: 1 }]]);
});
