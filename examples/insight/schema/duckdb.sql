-- One row for each event id. No primary key: it halves the speed of loading, and the loader drops what it knows already.
CREATE TABLE IF NOT EXISTS events (
  id UUID,
  received_at BIGINT, received_day DATE,
  -- When it happened, in milliseconds since 1970, the clock of the device corrected; day and hour in the zone of the shop.
  t BIGINT, day DATE, hour UTINYINT,
  boot INTEGER, seq INTEGER,
  type VARCHAR, name VARCHAR, session_id VARCHAR,
  anonymous_id VARCHAR, user_id VARCHAR,
  -- NULL, or why it is not counted: test, automated, single_page, own, overridden, server (what was sent).
  excluded VARCHAR,
  platform VARCHAR, app_id VARCHAR, app_version VARCHAR, app_env VARCHAR, host_name VARCHAR, host_version VARCHAR,
  sdk VARCHAR, language VARCHAR, network_type VARCHAR,
  device_brand VARCHAR, device_model VARCHAR, device_os VARCHAR, device_platform VARCHAR,
  window_width DOUBLE, window_height DOUBLE,
  session_index INTEGER, is_first_visit BOOLEAN, is_first_day BOOLEAN,
  source_scene VARCHAR, source_group VARCHAR, source_utm_source VARCHAR, source_utm_medium VARCHAR,
  source_campaign VARCHAR, source_click_id VARCHAR, source_qr VARCHAR,
  first_scene VARCHAR, first_group VARCHAR, first_utm_source VARCHAR, first_campaign VARCHAR,
  source_utm_content VARCHAR, first_utm_medium VARCHAR, first_utm_content VARCHAR, first_qr VARCHAR,
  -- Of the context: the share that the event is credited to. The share that an event is about is in properties.
  share_id VARCHAR, share_root_id VARCHAR, share_depth INTEGER,
  page VARCHAR, product_id VARCHAR, order_id VARCHAR, amount DECIMAL(18,4), price DECIMAL(18,4), duration_ms BIGINT,
  -- Whether it is part of its session: not what the shop's server tells, nor what a launch tells of the one before that was killed.
  in_session BOOLEAN,
  -- Of a page_view: whether it is a return from the background. Both are asked of every event, and a map is slow to ask.
  resumed BOOLEAN,
  -- Of anonymous_id and session_id, 64 bits of their MD5: to group, to join and to sort by, in half the time of the text.
  visitor_no UBIGINT, session_no UBIGINT,
  source MAP(VARCHAR, VARCHAR), first_source MAP(VARCHAR, VARCHAR), properties MAP(VARCHAR, VARCHAR)
);

-- Databases of before had them for every event; no answer reads them, and the journal has them.
ALTER TABLE events DROP COLUMN IF EXISTS batch_id;
ALTER TABLE events DROP COLUMN IF EXISTS ts;
ALTER TABLE events DROP COLUMN IF EXISTS sent_at;
ALTER TABLE IF EXISTS arrivals DROP COLUMN IF EXISTS batch_id;
-- Databases of before do not have them.
ALTER TABLE events ADD COLUMN IF NOT EXISTS in_session BOOLEAN;
ALTER TABLE events ADD COLUMN IF NOT EXISTS resumed BOOLEAN;
UPDATE events SET in_session = anonymous_id <> coalesce(user_id, '') AND coalesce(properties['recovered'], '') = '',
  resumed = coalesce(properties['resumed'], '') <> '' WHERE in_session IS NULL;

-- The goods of one event, in their order.
CREATE TABLE IF NOT EXISTS items (
  event_id UUID, position INTEGER, t BIGINT, day DATE, name VARCHAR, anonymous_id VARCHAR, excluded VARCHAR,
  order_id VARCHAR, product_id VARCHAR, sku_id VARCHAR, category VARCHAR, price DECIMAL(18,4), quantity INTEGER,
  visitor_no UBIGINT
);

-- What decides the rows of the view `orders`, from the events that tell of one: src/loader/orderRows.js.
CREATE TABLE IF NOT EXISTS order_events (
  order_id VARCHAR, event_id UUID, name VARCHAR, t BIGINT, day DATE, hour UTINYINT, boot INTEGER, seq INTEGER,
  anonymous_id VARCHAR, user_id VARCHAR, session_id VARCHAR, platform VARCHAR, excluded VARCHAR,
  share_id VARCHAR, share_root_id VARCHAR, share_depth INTEGER,
  source_scene VARCHAR, source_group VARCHAR, source_campaign VARCHAR,
  first_scene VARCHAR, first_group VARCHAR, first_campaign VARCHAR,
  coupon_id VARCHAR, amount DECIMAL(18,4), refund_id VARCHAR, pays BOOLEAN, tells BOOLEAN,
  visitor_no UBIGINT
);

-- Of each visit and day the event that began it, what `visit_days.sql` says of all: src/loader/visitRows.js.
CREATE TABLE IF NOT EXISTS visit_days (
  visitor_no UBIGINT, session_no UBIGINT, in_session BOOLEAN, day DATE, counted BOOLEAN, touches BOOLEAN,
  t BIGINT, seq INTEGER, hour UTINYINT,
  source_scene VARCHAR, source_group VARCHAR, source_utm_source VARCHAR, source_utm_medium VARCHAR, source_campaign VARCHAR,
  source_qr VARCHAR, source_utm_content VARCHAR,
  first_scene VARCHAR, first_group VARCHAR, first_utm_source VARCHAR, first_utm_medium VARCHAR, first_campaign VARCHAR,
  first_qr VARCHAR, first_utm_content VARCHAR
);

-- The launches whose clock was looked at: how far the server's was ahead, by the batch where they differed least.
CREATE TABLE IF NOT EXISTS launches (anonymous_id VARCHAR, boot INTEGER, skew BIGINT, received_day DATE);

-- By which id (user_id, unionid) an installation was joined, and the person that came of it.
CREATE TABLE IF NOT EXISTS links (anonymous_id VARCHAR, kind VARCHAR, id VARCHAR, received_at BIGINT);
CREATE TABLE IF NOT EXISTS persons (anonymous_id VARCHAR, person VARCHAR, visitor_no UBIGINT, person_no UBIGINT);

CREATE TABLE IF NOT EXISTS shares (
  share_id VARCHAR, parent_id VARCHAR, root_id VARCHAR, depth INTEGER, anonymous_id VARCHAR, excluded VARCHAR,
  t BIGINT, method VARCHAR, channel VARCHAR, page VARCHAR, event_id UUID,
  visitor_no UBIGINT
);

-- Not from events: what the shop typed in.
CREATE TABLE IF NOT EXISTS costs (day DATE, source_group VARCHAR, source_campaign VARCHAR, amount DECIMAL(18,4));

-- One report for each batch: a batch that is sent again repeats its report.
CREATE TABLE IF NOT EXISTS drops (
  batch_id UUID, anonymous_id VARCHAR, boot INTEGER, received_at BIGINT, reason VARCHAR, n INTEGER
);
-- One row for each request: repeats are not in events, so they are counted here.
CREATE TABLE IF NOT EXISTS arrivals (received_at BIGINT, events INTEGER, repeats INTEGER, rejected INTEGER);

-- Up to where the journal is in these tables; written in the transaction that brings the rows.
CREATE TABLE IF NOT EXISTS journal_offset (file VARCHAR, off BIGINT);
CREATE TABLE IF NOT EXISTS settings (name VARCHAR, value VARCHAR);

-- Databases of before have no numbers, and these words in the maps only.
ALTER TABLE events ADD COLUMN IF NOT EXISTS visitor_no UBIGINT;
ALTER TABLE events ADD COLUMN IF NOT EXISTS session_no UBIGINT;
ALTER TABLE events ADD COLUMN IF NOT EXISTS source_utm_content VARCHAR;
ALTER TABLE events ADD COLUMN IF NOT EXISTS first_utm_medium VARCHAR;
ALTER TABLE events ADD COLUMN IF NOT EXISTS first_utm_content VARCHAR;
ALTER TABLE events ADD COLUMN IF NOT EXISTS first_qr VARCHAR;
ALTER TABLE items ADD COLUMN IF NOT EXISTS visitor_no UBIGINT;
ALTER TABLE order_events ADD COLUMN IF NOT EXISTS visitor_no UBIGINT;
ALTER TABLE shares ADD COLUMN IF NOT EXISTS visitor_no UBIGINT;
ALTER TABLE persons ADD COLUMN IF NOT EXISTS visitor_no UBIGINT;
ALTER TABLE persons ADD COLUMN IF NOT EXISTS person_no UBIGINT;
UPDATE events SET visitor_no = md5_number_lower(anonymous_id), session_no = md5_number_lower(session_id),
  source_utm_content = nullif(source['utm_content'], ''), first_utm_medium = nullif(first_source['utm_medium'], ''),
  first_utm_content = nullif(first_source['utm_content'], ''), first_qr = nullif(first_source['qr_scene'], '') WHERE visitor_no IS NULL;
UPDATE items SET visitor_no = md5_number_lower(anonymous_id) WHERE visitor_no IS NULL;
UPDATE order_events SET visitor_no = md5_number_lower(anonymous_id) WHERE visitor_no IS NULL;
UPDATE shares SET visitor_no = md5_number_lower(anonymous_id) WHERE visitor_no IS NULL;
UPDATE persons SET visitor_no = md5_number_lower(anonymous_id), person_no = md5_number_lower(person) WHERE visitor_no IS NULL;
