import { expect, it } from 'vitest';
import { effectScope, nextTick, ref, shallowRef } from 'vue';
import { useTable } from '../src/useTable.js';

const createTable = (rows) => {
  const given = {
    rows: shallowRef(rows),
    columns: shallowRef(Object.keys(rows[0])),
    told: (_column, value) => String(value),
    locale: ref('zh-CN'),
    isPaper: ref(false),
  };
  const scope = effectScope();
  const table = scope.run(() => useTable(given));
  const read = (column) => table.getRowModel().rows.map(({ original }) => original[column]);
  const sort = (column) => {
    table.getColumn(column).toggleSorting();
    return read(column);
  };
  return { ...given, table, read, sort, stop: () => scope.stop() };
};

it('sorts numbers from the largest, names as the language does, and what is not known last, both ways', () => {
  const { sort, read, stop } = createTable([
    { n: 9, name: '展示', day: '2026-09-30' },
    { n: null, name: '安装', day: null },
    { n: 10, name: 'page 10', day: '2026-10-01' },
    { n: -1, name: 'page 9', day: '2026-09-02' },
  ]);
  expect(sort('n')).toEqual([10, 9, -1, null]);
  expect(sort('n')).toEqual([-1, 9, 10, null]);
  expect(sort('n')).toEqual([9, null, 10, -1]); // As they came.
  expect(sort('name').filter((name) => name.startsWith('page'))).toEqual(['page 9', 'page 10']);
  expect(read('name').filter((name) => !name.startsWith('page'))).toEqual(['安装', '展示']);
  expect(sort('day')).toEqual(['2026-09-02', '2026-09-30', '2026-10-01', null]);
  stop();
});

it('shows a long table by pages, stays on a page while rows come, and goes back where there are fewer', async () => {
  const list = Array.from({ length: 120 }, (_, n) => ({ n }));
  const { table, rows, read, isPaper, stop } = createTable(list);
  expect([read('n').length, table.getPageCount()]).toEqual([50, 3]);
  table.setPageIndex(2);
  expect(read('n')).toEqual(Array.from({ length: 20 }, (_, i) => 100 + i));
  rows.value = [...list, { n: 120 }];
  await nextTick();
  expect(read('n')).toHaveLength(21);
  rows.value = list.slice(0, 60);
  await nextTick();
  expect(read('n')[0]).toBe(50);
  isPaper.value = true;
  await nextTick();
  expect(read('n')).toHaveLength(60);
  stop();
});
