import { expect, test } from 'vitest';
import { createList } from '../../src/api/createList.js';
import { openSettings } from '../../src/api/settings.js';

test('a list keeps its order and its ids, and is full at its limit', async () => {
  const list = createList(openSettings(), 'boards', 2);
  const one = await list.add({ title: 'One' });
  const two = await list.add({ title: 'Two' });
  await expect(list.add({ title: 'Three' })).rejects.toMatchObject({ statusCode: 400, field: 'boards' });
  const changed = await list.change(one.id, { title: 'First' });
  expect(list.all()).toEqual([{ ...one, title: 'First' }, two]);
  expect(changed).toEqual(list.find(one.id));
  await list.remove(one.id);
  for (const ask of [list.change, list.remove, async (id) => list.find(id)])
    await expect(ask(one.id)).rejects.toMatchObject({ statusCode: 404 });
  expect((await list.add({ title: 'Three' })).id).not.toBe(one.id);
});
