import { element } from './element.js';
import { renderRow } from './rows.js';

/** A browser scrolls through this many without effort; the file has everything. */
const ROW_LIMIT = 400;
const KINDS = ['phone', 'request', 'event'];

/**
 * What happened on the phone, what left it and what arrived, newest first.
 *
 * @param parts `list`, `empty` and `filters` (a container of `button[data-kind]`)
 */
export const createTimeline = ({ list, empty, filters }, translator, visitors) => {
  /** @type {Map<string, { item: any, row: HTMLElement }>} */
  let entries = new Map();
  /** In the order of time, newest first, as in the list. */
  let order = [];
  const openKeys = new Set();
  const shown = new Set(KINDS);
  const context = { text: translator.text, language: () => translator.language, visitors, openKeys };

  const showEmpty = () => {
    const isEmpty = !order.some(({ item }) => shown.has(item.kind));
    empty.hidden = !isEmpty;
    const key = order.length === 0 ? 'timeline.empty' : 'timeline.filtered';
    empty.replaceChildren(element('strong', {}, translator.text(key)), element('p', {}, translator.text(`${key}.hint`)));
  };

  const showFilters = () => {
    for (const button of filters.querySelectorAll('button')) {
      const { kind } = button.dataset;
      const isShown = shown.has(kind);
      button.setAttribute('aria-pressed', String(isShown));
      list.classList.toggle(`without-${kind}`, !isShown);
    }
    showEmpty();
  };
  filters.addEventListener('click', ({ target }) => {
    const kind = target.closest('button')?.dataset.kind;
    if (!kind) return;
    if (!shown.delete(kind)) shown.add(kind);
    showFilters();
  });

  const forget = (entry) => {
    entry.row.remove();
    entries.delete(entry.item.key);
    openKeys.delete(entry.item.key);
  };

  showFilters();
  return {
    /** `item` has `key`, `at`, `kind` and what ./rows.js shows of that kind. A known key is ignored. */
    add(item) {
      if (entries.has(item.key)) return;
      const entry = { item, row: renderRow(item, context) };
      entry.row.classList.add('new');
      entries.set(item.key, entry);
      // The phone and the collector report on different ways: what happened first may be heard of last.
      const older = order.findIndex((one) => one.item.at <= item.at);
      const index = older < 0 ? order.length : older;
      list.insertBefore(entry.row, order[index]?.row ?? null);
      order.splice(index, 0, entry);
      if (order.length > ROW_LIMIT) forget(order.pop());
      showEmpty();
    },
    has: (key) => entries.has(key),
    update(key, changes) {
      const entry = entries.get(key);
      if (!entry) return;
      Object.assign(entry.item, changes);
      const row = renderRow(entry.item, context);
      const isNew = entry.row.classList.contains('new');
      row.classList.toggle('new', isNew);
      const hadFocus = entry.row.contains(document.activeElement);
      entry.row.replaceWith(row);
      if (hadFocus) row.querySelector('summary')?.focus();
      entry.row = row;
    },
    clear() {
      entries = new Map();
      order = [];
      openKeys.clear();
      list.replaceChildren();
      showEmpty();
    },
    /** After a change of language, or when a visitor's name became known. */
    refresh() {
      for (const entry of order) entry.row = renderRow(entry.item, context);
      list.replaceChildren(...order.map(({ row }) => row));
      showEmpty();
    },
  };
};
