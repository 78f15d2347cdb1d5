import { expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { allOf, forestOf, visibleOf } from '../src/views/shareForest.js';
import { treeOption } from '../src/views/treeOption.js';
import { useTreeGrid } from '../src/views/useTreeGrid.js';

/** A card of `shareTree`: `direct` came by the card itself, `chain` by it and all below. */
const card = (share_id, sharer, parent_id, direct, chain, own = 0) => ({
  share_id,
  sharer,
  parent_id,
  opens: 1,
  new_people: 1,
  orders: 1,
  revenue: direct,
  chain_orders: 1,
  chain_revenue: chain,
  own_orders: 0,
  own_revenue: own,
});
/** Ann has two cards, which brought Bob (twice) and Cem; Bob brought Dee. */
const ROWS = [
  card('a1', 'Ann', '', 10, 45, 7),
  card('a2', 'Ann', '', 5, 8),
  card('b1', 'Bob', 'a1', 20, 35),
  card('b2', 'Bob', 'a2', 3, 3),
  card('d1', 'Dee', 'b1', 15, 15),
  card('c1', 'Cem', 'a1', 0, 0),
];
const shape = (nodes) => nodes.map(({ sharer, children }) => [sharer, shape(children)]);

it('puts those who were brought below whoever brought them, the most money first', () => {
  const forest = forestOf(ROWS);
  expect(shape(forest)).toEqual([
    [
      'Ann',
      [
        ['Bob', [['Dee', []]]],
        ['Cem', []],
      ],
    ],
  ]);
  const [ann] = forest;
  expect([ann.cards, ann.own_revenue, ann.revenue, ann.chain_revenue]).toEqual([2, 7, 15, 53]);
  expect(ann.children[0]).toMatchObject({ cards: 2, revenue: 23, chain_revenue: 38, level: 2 });
});

it('gives a node as much money as its own cards and all nodes below it', () => {
  for (const node of allOf(forestOf(ROWS)))
    expect(node.chain_revenue).toBe(node.revenue + node.children.reduce((sum, each) => sum + each.chain_revenue, 0));
});

it('keeps a card whose parent was cut off, and says so', () => {
  const forest = forestOf(ROWS.slice(2));
  expect(forest.map(({ sharer, isCut }) => [sharer, isCut])).toEqual([
    ['Bob', true],
    ['Cem', true],
  ]);
});

it('shows what is below a node once it is open, in the table and in the picture alike', () => {
  const forest = forestOf(ROWS);
  const open = new Set([forest[0].key]);
  const isOpen = ({ key }) => open.has(key);
  expect(visibleOf(forest, isOpen).map(({ sharer }) => sharer)).toEqual(['Ann', 'Bob', 'Cem']);
  const [ann] = treeOption(forest, isOpen, { theme: 'light', locale: 'en' }).series[0].data;
  expect(ann.children.map(({ name }) => name.split(' ')[0])).toEqual(['Bob', 'Cem']);
  expect(ann.children[0].children).toEqual([]);
});

it('goes through the rows by the keys of a tree grid', async () => {
  const forest = forestOf(ROWS);
  const open = new Set();
  const rows = ref([]);
  const look = () => {
    rows.value = visibleOf(forest, ({ key }) => open.has(key));
  };
  const toggle = ({ key }) => {
    if (!open.delete(key)) open.add(key);
    look();
  };
  look();
  const grid = useTreeGrid({ rows, isOpen: ({ key }) => open.has(key), toggle });
  const focus = vi.fn();
  grid.body.value = { children: Array.from({ length: 9 }, () => ({ focus })) };
  const press = async (key) => {
    const preventDefault = vi.fn();
    grid.onKey({ key, target: { tagName: 'TR' }, preventDefault });
    await Promise.resolve();
    expect(preventDefault).toHaveBeenCalledTimes(1);
    return rows.value.find(grid.isActive).sharer;
  };
  expect(await press('ArrowRight')).toBe('Ann');
  expect(rows.value).toHaveLength(3);
  expect(await press('ArrowRight')).toBe('Bob');
  expect(await press('ArrowDown')).toBe('Cem');
  expect(await press('ArrowDown')).toBe('Cem');
  expect(await press('ArrowLeft')).toBe('Ann');
  expect(await press('End')).toBe('Cem');
  expect(await press('Home')).toBe('Ann');
  expect(await press('ArrowLeft')).toBe('Ann');
  expect(rows.value).toHaveLength(1);
  grid.onKey({ key: 'a', target: { tagName: 'TR' }, preventDefault: () => expect.unreachable() });
  grid.onKey({ key: 'Enter', target: { tagName: 'A' }, preventDefault: () => expect.unreachable() });
});

it('stands by the column that was chosen, on every level, and keeps its keys', () => {
  const card = (id, sharer, parent, opens, revenue) => ({
    share_id: id,
    parent_id: parent,
    sharer,
    opens,
    revenue,
    chain_revenue: revenue,
    new_people: 0,
    orders: 0,
    chain_orders: 0,
    own_orders: 0,
    own_revenue: 0,
  });
  const rows = [card('1', 'ann', '', 1, 9), card('2', 'bo', '', 5, 3), card('3', 'cy', '1', 2, 1), card('4', 'di', '1', 7, 0)];
  const names = (order) => allOf(forestOf(rows, order)).map(({ sharer }) => sharer);
  expect(names()).toEqual(['ann', 'cy', 'di', 'bo']);
  expect(names({ column: 'opens' })).toEqual(['bo', 'ann', 'di', 'cy']);
  expect(names({ column: 'opens', isAscending: true })).toEqual(['ann', 'cy', 'di', 'bo']);
  const keys = (order) => new Map(allOf(forestOf(rows, order)).map(({ sharer, key }) => [sharer, key]));
  expect(keys({ column: 'opens' })).toEqual(keys());
});
