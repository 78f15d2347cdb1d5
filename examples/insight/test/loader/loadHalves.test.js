import { describe, expect, it } from 'vitest';
import { loadHalves } from '../../src/loader/loadHalves.js';

/** A loader that takes so many lines at once, and none that says `bad`. */
const createStore = (fits) => {
  const loaded = [];
  const load = async (lines, position) => {
    if (lines.length > fits) throw new Error('Out of Memory Error: failed to allocate data of size 64.0 MiB');
    if (lines.includes('bad')) throw new Error('Conversion Error: of whatever is in a line');
    loaded.push({ lines, position });
    return { events: lines.length, repeats: 0, unreadable: 0 };
  };
  return { store: { loader: { load } }, loaded };
};
const END = { file: 'journal-00000001.ndjson', offset: 9 };

describe('loadHalves', () => {
  it('takes fewer lines at once where they do not fit into memory, and the place in the journal with the last', async () => {
    const { store, loaded } = createStore(2);
    expect(await loadHalves(store, ['a', 'b', 'c', 'd', 'e'], END)).toEqual({ events: 5, repeats: 0, unreadable: 0 });
    expect(loaded.flatMap(({ lines }) => lines)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(loaded.map(({ position }) => position)).toEqual([undefined, undefined, END]);
  });

  it('leaves out the line that cannot be loaded', async () => {
    const { store, loaded } = createStore(9);
    expect(await loadHalves(store, ['a', 'b', 'bad'], END)).toEqual({ events: 2, repeats: 0, unreadable: 1 });
    expect(loaded.at(-1)).toEqual({ lines: [], position: END });
  });

  it('fails where not even one line fits, so that it is tried again', async () => {
    await expect(loadHalves(createStore(0).store, ['a', 'b'], END)).rejects.toThrow(/Out of Memory/);
  });
});
