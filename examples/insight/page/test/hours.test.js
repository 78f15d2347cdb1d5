import { expect, it } from 'vitest';
import { FEW, hourLines } from '../src/views/hourCells.js';

const row = (weekday, hour, active, orders) => ({ weekday, hour, active, people: active, orders, rate: orders / active });
const ROWS = [row(0, 9, 20, 5), row(6, 9, 40, 20), row(2, 7, FEW - 1, FEW - 1)];

it('has a line for each hour that somebody came in, and a cell for each weekday', () => {
  const lines = hourLines(ROWS, 'orders');
  expect(lines.map(({ hour, cells }) => [hour, cells.map((cell) => cell?.value)])).toEqual([
    [7, [undefined, undefined, FEW - 1, undefined, undefined, undefined, undefined]],
    [9, [5, undefined, undefined, undefined, undefined, undefined, 20]],
  ]);
  expect(lines[1].cells[6].part).toBe(1);
});

it('colours no rate of a few, nor measures others by it', () => {
  const [early, late] = hourLines(ROWS, 'rate');
  expect([early.cells[2].value, early.cells[2].part]).toEqual([1, 0]);
  expect([late.cells[6].part, late.cells[0].part]).toEqual([1, 0.5]);
});

it('colours nothing where nothing was bought', () => {
  expect(hourLines([row(0, 9, 20, 0)], 'rate')[0].cells[0].part).toBe(0);
});
