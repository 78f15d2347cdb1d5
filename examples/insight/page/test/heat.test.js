import { expect, it } from 'vitest';
import { classOf, WIDTH_CLASSES, widthConditions } from '../src/views/widthClasses.js';

it('has a class for every width, and one alone', () => {
  const classes = WIDTH_CLASSES.slice(1);
  for (const width of [1, 320, 359, 360, 399, 400, 599, 600, 1440])
    expect(classes.filter(({ minWidth = 0, maxWidth = Infinity }) => minWidth <= width && width < maxWidth)).toHaveLength(1);
});

it('finds the class of an address, and takes limits that somebody typed', () => {
  expect(classOf({}).key).toBe('all');
  expect(classOf({ minWidth: '360', maxWidth: '400' })).toBe(WIDTH_CLASSES[2]);
  expect(classOf({ minWidth: '100' })).toEqual({ key: '100-', minWidth: '100', maxWidth: undefined });
  expect(widthConditions(classOf({ minWidth: '100', maxWidth: '400' }))).toEqual([
    { field: 'window_width', op: 'gte', value: 100 },
    { field: 'window_width', op: 'lt', value: 400 },
  ]);
});
