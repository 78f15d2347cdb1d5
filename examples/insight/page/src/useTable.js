import {
  createPaginatedRowModel,
  createSortedRowModel,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
  useTable as useTanStackTable,
} from '@tanstack/vue-table';
import { computed, watch } from 'vue';
import { isDay } from '../../src/analyses/days.js';

const PAGE = 50;
/** More rows than anybody prints. */
const PAPER = 1000;

const features = tableFeatures({
  rowSortingFeature,
  rowPaginationFeature,
  sortedRowModel: createSortedRowModel(),
  paginatedRowModel: createPaginatedRowModel(),
});

/** Numbers by their size, days by the calendar, all else as it is read. What is not known stands last, both ways. */
const keyOf = (value, told) => {
  if (value === null || value === undefined || value === '') return undefined;
  return typeof value === 'number' || isDay(value) ? value : told;
};

/**
 * Rows in the order that the reader chose, by pages; on paper all at once. `told(column, value)` says how a value is written;
 * all else are refs.
 */
export const useTable = ({ rows, columns, told, locale, isPaper }) => {
  const collator = computed(() => new Intl.Collator(locale.value, { numeric: true }));
  const compare = (a, b, id) => {
    const [one, other] = [a.getValue(id), b.getValue(id)];
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return collator.value.compare(one, other);
  };
  const defined = computed(() =>
    columns.value.map((column) => ({
      id: column,
      accessorFn: (row) => keyOf(row[column], told(column, row[column])),
      sortFn: compare,
      sortUndefined: 'last',
      // The largest first; a name from its beginning.
      sortDescFirst: typeof rows.value.find((row) => row[column] !== null && row[column] !== undefined)?.[column] === 'number',
    })),
  );
  const table = useTanStackTable({
    features,
    data: rows,
    columns: defined,
    initialState: { pagination: { pageIndex: 0, pageSize: PAGE } },
    // What is live goes on while somebody reads its second page.
    autoResetPageIndex: false,
  });
  watch(isPaper, (is) => table.setPageSize(is ? PAPER : PAGE), { immediate: true });
  watch(rows, () => {
    const last = Math.max(0, table.getPageCount() - 1);
    if (table.atoms.pagination.get().pageIndex > last) table.setPageIndex(last);
  });
  return table;
};
