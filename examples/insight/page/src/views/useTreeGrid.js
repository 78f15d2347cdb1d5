import { nextTick, ref } from 'vue';

/**
 * The keys of a tree grid: up and down from row to row, right opens a row or goes into it, left closes it or goes to its
 * parent, Home and End go to the ends. One row takes part in the order of Tab.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/
 */
export const useTreeGrid = ({ rows, isOpen, toggle }) => {
  const body = ref();
  const activeKey = ref();
  const indexOf = (key) =>
    Math.max(
      0,
      rows.value.findIndex((row) => row.key === key),
    );
  const isActive = (row) => row.key === (rows.value[indexOf(activeKey.value)] ?? {}).key;
  const activate = async (row) => {
    if (!row) return;
    activeKey.value = row.key;
    await nextTick();
    body.value.children[indexOf(row.key)]?.focus();
  };
  const onKey = (event) => {
    if (event.target.tagName !== 'TR') return; // A link or a button within the row has the keys of its own.
    const row = rows.value[indexOf(activeKey.value)];
    const next = rows.value[indexOf(row.key) + 1];
    const acts = {
      ArrowDown: () => activate(next),
      ArrowUp: () => activate(rows.value[indexOf(row.key) - 1]),
      ArrowRight: () => (row.children.length && !isOpen(row) ? toggle(row) : next?.parent === row && activate(next)),
      ArrowLeft: () =>
        row.children.length && isOpen(row) ? toggle(row) : activate(rows.value.find((each) => each === row.parent)),
      Home: () => activate(rows.value[0]),
      End: () => activate(rows.value.at(-1)),
      Enter: () => toggle(row),
      ' ': () => toggle(row),
    };
    if (!Object.hasOwn(acts, event.key)) return;
    event.preventDefault();
    acts[event.key]();
  };
  return { body, isActive, onKey, onFocus: (row) => (activeKey.value = row.key) };
};
