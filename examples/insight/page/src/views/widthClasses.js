/** Widths of windows, in logical pixels: what is laid out alike is looked at together. */
export const WIDTH_CLASSES = [
  { key: 'all' },
  { key: '-360', maxWidth: 360 },
  { key: '360-400', minWidth: 360, maxWidth: 400 },
  { key: '400-600', minWidth: 400, maxWidth: 600 },
  { key: '600-', minWidth: 600 },
];

const asText = (value) => (value === undefined ? undefined : String(value));

/** The class that an address asks for, or one of its own limits. */
export const classOf = ({ minWidth, maxWidth }) =>
  WIDTH_CLASSES.find((each) => asText(each.minWidth) === minWidth && asText(each.maxWidth) === maxWidth) ?? {
    key: `${minWidth ?? ''}-${maxWidth ?? ''}`,
    minWidth,
    maxWidth,
  };

/** The same windows as conditions, for reports that have no width of their own. */
export const widthConditions = ({ minWidth, maxWidth }) => [
  ...(minWidth === undefined ? [] : [{ field: 'window_width', op: 'gte', value: Number(minWidth) }]),
  ...(maxWidth === undefined ? [] : [{ field: 'window_width', op: 'lt', value: Number(maxWidth) }]),
];
