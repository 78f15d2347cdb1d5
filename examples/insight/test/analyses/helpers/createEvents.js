const DAY_MS = 86_400_000;
/** Midnight of 2026-09-01 in Shanghai. */
export const START = Date.parse('2026-08-31T16:00:00Z');
const ZONE_MS = 8 * 3_600_000;

export const dayOf = (t) => new Date(t + ZONE_MS).toISOString().slice(0, 10);
export const hourOf = (t) => new Date(t + ZONE_MS).getUTCHours();
/** A moment so many days after the start. */
export const at = (days, ms = 0) => START + Math.round(days * DAY_MS) + ms;

const uuid = (n) => `${(n >>> 0).toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const CONTEXT = [
  'platform',
  'app_id',
  'app_version',
  'app_env',
  'host_name',
  'host_version',
  'sdk',
  'language',
  'network_type',
  'device_brand',
  'device_model',
  'device_os',
  'device_platform',
  'source_utm_source',
  'source_utm_medium',
  'source_click_id',
  'first_utm_source',
  'window_width',
  'window_height',
  'session_index',
  'is_first_visit',
  'is_first_day',
  'share_id',
  'share_root_id',
  'share_depth',
  'source_campaign',
  'source_qr',
  'source_group',
  'source_scene',
  'first_scene',
  'first_group',
  'first_campaign',
  'user_id',
  'excluded',
];

/**
 * Rows of `events` from short descriptions, as the loader would write them:
 * `{ v, t, name, props?, items?, session?, type?, boot?, seq?, …columns of the context }`.
 */
export const createEvents = (descriptions) => {
  const seqs = new Map();
  return descriptions.map((event, index) => {
    const { v, t, name, props = {}, session, type = 'track', boot = 1, received_at = t } = event;
    const launch = `${v} ${boot}`;
    const seq = event.seq ?? (seqs.get(launch) ?? -1) + 1;
    seqs.set(launch, seq);
    const properties = Object.fromEntries(
      Object.entries(props).map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
    );
    const row = {
      id: uuid(event.n ?? index + 1),
      received_at,
      received_day: dayOf(received_at),
      t,
      day: dayOf(t),
      hour: hourOf(t),
      boot,
      seq,
      type,
      name,
      session_id: session ?? `${v}-${boot}`,
      anonymous_id: v,
      page: props.path ?? props.page_path ?? null,
      product_id: props.product_id ?? null,
      order_id: props.order_id ?? null,
      amount: props.value ?? null,
      price: props.price ?? null,
      duration_ms: props.duration_ms ?? null,
      in_session: v !== event.user_id && !properties.recovered,
      resumed: Boolean(properties.resumed),
      source: event.source ?? {},
      first_source: event.first_source ?? {},
      properties,
    };
    for (const column of CONTEXT) row[column] = event[column] ?? null;
    if (name === 'share_open' && properties.own === 'true') row.excluded ??= 'own';
    if (name === 'experiment_exposure' && properties.overridden === 'true') row.excluded ??= 'overridden';
    return row;
  });
};

export const createItems = (descriptions, rows) =>
  descriptions.flatMap(({ props, name, v }, i) =>
    (props?.items || []).map((item, position) => ({
      event_id: rows[i].id,
      position,
      t: rows[i].t,
      day: rows[i].day,
      name,
      anonymous_id: v,
      excluded: rows[i].excluded,
      order_id: props.order_id ?? null,
      product_id: item.product_id,
      sku_id: null,
      category: item.category ?? null,
      price: item.price ?? null,
      quantity: item.quantity ?? 1,
    })),
  );

export const createShares = (rows) =>
  rows
    .filter(({ name }) => name === 'share')
    .map(({ properties, anonymous_id, excluded, t, page, id }) => ({
      share_id: properties.share_id,
      parent_id: properties.parent_id ?? null,
      root_id: properties.root_id ?? properties.share_id,
      depth: Number(properties.depth ?? 1),
      anonymous_id,
      excluded,
      t,
      method: properties.method ?? null,
      channel: properties.channel ?? null,
      page,
      event_id: id,
    }));
