-- One node. The tables `…_rows` keep what was inserted, the views read each row once.
CREATE TABLE IF NOT EXISTS events_rows (
  id UUID,
  received_at Int64, received_day Date,
  t Int64, day Date, hour UInt8,
  boot Int32, seq Int32,
  type LowCardinality(String), name LowCardinality(String), session_id String,
  anonymous_id String, user_id Nullable(String),
  excluded LowCardinality(Nullable(String)),
  platform LowCardinality(Nullable(String)), app_id LowCardinality(Nullable(String)), app_version LowCardinality(Nullable(String)),
  app_env LowCardinality(Nullable(String)), host_name LowCardinality(Nullable(String)), host_version LowCardinality(Nullable(String)),
  sdk LowCardinality(Nullable(String)), language LowCardinality(Nullable(String)), network_type LowCardinality(Nullable(String)),
  device_brand LowCardinality(Nullable(String)), device_model LowCardinality(Nullable(String)),
  device_os LowCardinality(Nullable(String)), device_platform LowCardinality(Nullable(String)),
  window_width Nullable(Float64), window_height Nullable(Float64),
  session_index Nullable(Int32), is_first_visit Nullable(Bool), is_first_day Nullable(Bool),
  source_scene LowCardinality(Nullable(String)), source_group LowCardinality(Nullable(String)),
  source_utm_source LowCardinality(Nullable(String)), source_utm_medium LowCardinality(Nullable(String)),
  source_campaign LowCardinality(Nullable(String)), source_click_id Nullable(String), source_qr Nullable(String),
  first_scene LowCardinality(Nullable(String)), first_group LowCardinality(Nullable(String)),
  first_utm_source LowCardinality(Nullable(String)), first_campaign LowCardinality(Nullable(String)),
  source_utm_content LowCardinality(Nullable(String)) DEFAULT nullif(source['utm_content'], ''),
  first_utm_medium LowCardinality(Nullable(String)) DEFAULT nullif(first_source['utm_medium'], ''),
  first_utm_content LowCardinality(Nullable(String)) DEFAULT nullif(first_source['utm_content'], ''),
  first_qr Nullable(String) DEFAULT nullif(first_source['qr_scene'], ''),
  share_id Nullable(String), share_root_id Nullable(String), share_depth Nullable(Int32),
  page LowCardinality(Nullable(String)), product_id Nullable(String), order_id Nullable(String),
  amount Nullable(Decimal(18, 4)), price Nullable(Decimal(18, 4)), duration_ms Nullable(Int64),
  in_session Bool DEFAULT anonymous_id <> coalesce(user_id, '') AND properties['recovered'] = '', resumed Bool DEFAULT properties['resumed'] <> '',
  -- Of anonymous_id and session_id, 64 bits of their MD5, the same as in DuckDB: faster to group, to join and to sort by.
  visitor_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(anonymous_id), 9, 8)),
  session_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(session_id), 9, 8)),
  source Map(LowCardinality(String), String), first_source Map(LowCardinality(String), String),
  properties Map(LowCardinality(String), String),
  -- The last one wins: an event whose clock is corrected is written again.
  version UInt64 DEFAULT toUnixTimestamp64Milli(now64(3))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(received_day)
-- Without `t`, which may be corrected: a row of another key would be another row.
ORDER BY (name, received_day, anonymous_id, id);

CREATE TABLE IF NOT EXISTS items_rows (
  event_id UUID, position Int32, t Int64, day Date, name LowCardinality(String), anonymous_id String,
  excluded LowCardinality(Nullable(String)), order_id Nullable(String), product_id String, sku_id Nullable(String),
  category LowCardinality(Nullable(String)), price Nullable(Decimal(18, 4)), quantity Int32,
  visitor_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(anonymous_id), 9, 8)),
  version UInt64 DEFAULT toUnixTimestamp64Milli(now64(3))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (event_id, position);

CREATE TABLE IF NOT EXISTS launches_rows (
  anonymous_id String, boot Int32, skew Int64, received_day Date, version UInt64 DEFAULT toUnixTimestamp64Milli(now64(3))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (anonymous_id, boot);

CREATE TABLE IF NOT EXISTS links_rows (
  anonymous_id String, kind LowCardinality(String), id String, received_at Int64,
  version UInt64 DEFAULT toUnixTimestamp64Milli(now64(3))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (anonymous_id, kind, id);

CREATE TABLE IF NOT EXISTS persons_rows (
  anonymous_id String, person String,
  visitor_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(anonymous_id), 9, 8)),
  person_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(person), 9, 8)),
  version UInt64 DEFAULT toUnixTimestamp64Milli(now64(3))
)
ENGINE = ReplacingMergeTree(version) ORDER BY anonymous_id;

CREATE TABLE IF NOT EXISTS shares_rows (
  share_id String, parent_id Nullable(String), root_id Nullable(String), depth Nullable(Int32), anonymous_id String,
  excluded LowCardinality(Nullable(String)), t Int64, method LowCardinality(Nullable(String)),
  channel LowCardinality(Nullable(String)), page LowCardinality(Nullable(String)), event_id UUID,
  visitor_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(anonymous_id), 9, 8)),
  version UInt64 DEFAULT toUnixTimestamp64Milli(now64(3))
)
ENGINE = ReplacingMergeTree(version) ORDER BY share_id;

CREATE TABLE IF NOT EXISTS costs_rows (
  day Date, source_group Nullable(String), source_campaign Nullable(String), amount Decimal(18, 4)
)
ENGINE = MergeTree ORDER BY day;

CREATE TABLE IF NOT EXISTS drops_rows (
  batch_id UUID, anonymous_id Nullable(String), boot Nullable(Int32), received_at Int64, reason LowCardinality(String), n Int32
)
ENGINE = ReplacingMergeTree ORDER BY (batch_id, reason);

CREATE TABLE IF NOT EXISTS arrivals_rows (
  received_at Int64, batch_id UUID, collector LowCardinality(String), events Int32, repeats Int32, rejected Int32,
  -- The first one wins: a piece of the journal that is loaded again finds only repeats.
  version UInt64 DEFAULT toUInt64(9999999999999 - toUnixTimestamp64Milli(now64(3)))
)
ENGINE = ReplacingMergeTree(version) ORDER BY (received_at, batch_id, collector);

CREATE TABLE IF NOT EXISTS journal_offset (
  collector String, file String, off Int64, version UInt64 DEFAULT toUnixTimestamp64Milli(now64(3))
)
ENGINE = ReplacingMergeTree(version) ORDER BY collector;

-- Databases of before had them for every event; no answer reads them, and the journal has them. A view keeps the columns
-- that it was made with.
ALTER TABLE events_rows DROP COLUMN IF EXISTS batch_id;
ALTER TABLE events_rows DROP COLUMN IF EXISTS ts;
ALTER TABLE events_rows DROP COLUMN IF EXISTS sent_at;
-- Databases of before do not have them.
ALTER TABLE events_rows ADD COLUMN IF NOT EXISTS in_session Bool DEFAULT anonymous_id <> coalesce(user_id, '') AND properties['recovered'] = '';
ALTER TABLE events_rows ADD COLUMN IF NOT EXISTS resumed Bool DEFAULT properties['resumed'] <> '';
ALTER TABLE events_rows ADD COLUMN IF NOT EXISTS visitor_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(anonymous_id), 9, 8));
ALTER TABLE events_rows ADD COLUMN IF NOT EXISTS session_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(session_id), 9, 8));
ALTER TABLE events_rows ADD COLUMN IF NOT EXISTS source_utm_content LowCardinality(Nullable(String)) DEFAULT nullif(source['utm_content'], '');
ALTER TABLE events_rows ADD COLUMN IF NOT EXISTS first_utm_medium LowCardinality(Nullable(String)) DEFAULT nullif(first_source['utm_medium'], '');
ALTER TABLE events_rows ADD COLUMN IF NOT EXISTS first_utm_content LowCardinality(Nullable(String)) DEFAULT nullif(first_source['utm_content'], '');
ALTER TABLE events_rows ADD COLUMN IF NOT EXISTS first_qr Nullable(String) DEFAULT nullif(first_source['qr_scene'], '');
ALTER TABLE items_rows ADD COLUMN IF NOT EXISTS visitor_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(anonymous_id), 9, 8));
ALTER TABLE shares_rows ADD COLUMN IF NOT EXISTS visitor_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(anonymous_id), 9, 8));
ALTER TABLE persons_rows ADD COLUMN IF NOT EXISTS visitor_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(anonymous_id), 9, 8));
ALTER TABLE persons_rows ADD COLUMN IF NOT EXISTS person_no UInt64 DEFAULT reinterpretAsUInt64(substring(MD5(person), 9, 8));
CREATE OR REPLACE VIEW events AS SELECT * EXCEPT (version) FROM events_rows FINAL;
CREATE OR REPLACE VIEW items AS SELECT * EXCEPT (version) FROM items_rows FINAL;
CREATE VIEW IF NOT EXISTS launches AS SELECT * EXCEPT (version) FROM launches_rows FINAL;
CREATE VIEW IF NOT EXISTS links AS SELECT * EXCEPT (version) FROM links_rows FINAL;
CREATE OR REPLACE VIEW persons AS SELECT * EXCEPT (version) FROM persons_rows FINAL;
CREATE OR REPLACE VIEW shares AS SELECT * EXCEPT (version) FROM shares_rows FINAL;
CREATE VIEW IF NOT EXISTS costs AS SELECT * FROM costs_rows;
CREATE VIEW IF NOT EXISTS drops AS SELECT * FROM drops_rows FINAL;
CREATE OR REPLACE VIEW arrivals AS SELECT received_at, events, repeats, rejected FROM arrivals_rows FINAL;
