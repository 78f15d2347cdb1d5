import { choiceLabel, columnLabel } from './labels.js';

/** What a report may be split by whose values have words of their own, and the column as which these are written. */
const WRITTEN_AS = {
  group: 'channel_group',
  source_group: 'channel_group',
  first_group: 'channel_group',
  platform: 'host',
  method: 'share_method',
};

/** The columns of an answer that are written as another one. */
export const writtenAs = ({ analysis, parameters }) => ({
  ...(analysis === 'groups' && { name: 'group_step' }),
  ...(Object.hasOwn(WRITTEN_AS, parameters?.by) && { value: WRITTEN_AS[parameters.by] }),
});

/** Names of columns that are told by the question. */
export const headingsOf = ({ parameters }, language) => {
  const by = parameters?.by;
  return by ? { value: choiceLabel(by, language) ?? columnLabel(by, language) ?? by } : {};
};

/** What the rare values of a split are together, which is no value. */
export const isOthers = ({ other }) => other === 1;

/**
 * The columns of a table as a reader takes them: the name of a row first. Where a bucket has its edges, its number says nothing;
 * where all values are shown, there are no others.
 */
export const readColumns = ({ columns, rows }) => {
  const isEdge = (column) => /^(from|below)_(ms|days)$/.test(column);
  const edges = columns.includes('bucket') ? columns.filter((column) => isEdge(column) || /^(from|below)$/.test(column)) : [];
  const names = columns.filter((column) => column === 'label');
  const rest = columns.filter(
    (column) =>
      !edges.includes(column) &&
      !names.includes(column) &&
      !(column === 'bucket' && edges.length) &&
      !(column === 'other' && !rows.some(isOthers)),
  );
  return [...edges, ...names, ...rest];
};
