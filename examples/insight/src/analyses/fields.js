/** The columns of `events` that a user may name in a filter or a breakdown, with their types. Nothing else is ever a column. */
export const COLUMNS = {
  name: 'text',
  type: 'text',
  platform: 'text',
  app_id: 'text',
  app_version: 'text',
  app_env: 'text',
  host_name: 'text',
  host_version: 'text',
  sdk: 'text',
  language: 'text',
  network_type: 'text',
  device_brand: 'text',
  device_model: 'text',
  device_os: 'text',
  device_platform: 'text',
  source_scene: 'text',
  source_group: 'text',
  source_utm_source: 'text',
  source_utm_medium: 'text',
  source_campaign: 'text',
  source_click_id: 'text',
  source_qr: 'text',
  first_scene: 'text',
  first_group: 'text',
  first_utm_source: 'text',
  first_campaign: 'text',
  share_id: 'text',
  share_root_id: 'text',
  page: 'text',
  product_id: 'text',
  order_id: 'text',
  session_id: 'text',
  user_id: 'text',
  anonymous_id: 'text',
  hour: 'number',
  session_index: 'number',
  share_depth: 'number',
  amount: 'number',
  price: 'number',
  duration_ms: 'number',
  window_width: 'number',
  is_first_visit: 'bool',
  is_first_day: 'bool',
};

const MAPS = ['properties', 'source', 'first_source'];

/** Keys of maps that the loader writes into a column as well, as they are: a map is slow to ask. */
const COLUMN_OF = {
  'properties.product_id': 'product_id',
  'properties.order_id': 'order_id',
  'source.scene': 'source_scene',
  'source.channel_group': 'source_group',
  'source.utm_source': 'source_utm_source',
  'source.utm_medium': 'source_utm_medium',
  'source.utm_campaign': 'source_campaign',
  'source.utm_content': 'source_utm_content',
  'source.click_id': 'source_click_id',
  'source.qr_scene': 'source_qr',
  'first_source.scene': 'first_scene',
  'first_source.channel_group': 'first_group',
  'first_source.utm_source': 'first_utm_source',
  'first_source.utm_medium': 'first_utm_medium',
  'first_source.utm_campaign': 'first_campaign',
  'first_source.utm_content': 'first_utm_content',
  'first_source.qr_scene': 'first_qr',
};

/** `platform`, or `properties.<key>`, `source.<key>`, `first_source.<key>`: what a filter or a breakdown may name. */
export const isField = (field) =>
  typeof field === 'string' &&
  (Object.hasOwn(COLUMNS, field) || MAPS.some((map) => field.startsWith(`${map}.`) && field.length > map.length + 1));

/** Whether a field is a column: to read it twice is cheap, where a key of a map is dear. */
export const isColumn = (field) => Object.hasOwn(COLUMNS, field) || Object.hasOwn(COLUMN_OF, field);

export const fieldType = (field) => (Object.hasOwn(COLUMNS, field) ? COLUMNS[field] : 'text');

/** The SQL of a field, of the table or CTE `from`. A key of a map is a parameter. */
export const fieldSql = (s, field, from = 'ev') => {
  if (Object.hasOwn(COLUMNS, field)) return `${from}.${field}`;
  if (Object.hasOwn(COLUMN_OF, field)) return `nullif(${from}.${COLUMN_OF[field]}, '')`;
  const [map] = field.split('.', 1);
  if (!MAPS.includes(map)) throw new TypeError(`no such field: ${field}`);
  return s.property(field.slice(map.length + 1), `${from}.${map}`);
};

const AS_TEXT = {
  text: (_, sql) => sql,
  number: (s, sql) => s.numberText(sql),
  bool: (_, sql) => `CAST(${sql} AS VARCHAR)`,
};

/** A field as text, an empty text where it is missing: what a breakdown shows. */
export const fieldText = (s, field, from = 'ev') => `coalesce(${AS_TEXT[fieldType(field)](s, fieldSql(s, field, from))}, '')`;
