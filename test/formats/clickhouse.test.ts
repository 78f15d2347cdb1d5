import { describe, expect, it } from 'vitest';
import { clickhouse } from '../../src/formats/clickhouse';
import { answer, batchOf, CONTEXT, EVENTS, IDS, SPOILED } from './sampleBatch';

const format = () => clickhouse({ table: 'events' });
const rowsOf = (...given: Parameters<typeof batchOf>) =>
  format()
    .encode(batchOf(...given))
    .body.split('\n')
    .map((line) => JSON.parse(line));
const settingsOf = (query = ''): Record<string, string> =>
  Object.fromEntries(query.split('&').map((pair) => pair.split('=').map(decodeURIComponent)));
const verdict = (...given: Parameters<typeof answer>) => format().interpret?.(answer(...given), IDS);
const failed = (status: number, code: number, text: string) =>
  verdict(status, `Code: ${code}. DB::Exception: ${text}`, { 'X-ClickHouse-Exception-Code': `${code}` });

describe('clickhouse', () => {
  it('sends a row per event: the event, its context with nested facts under joined names, and the batch', () => {
    const { device, source, ...context } = CONTEXT;
    expect(rowsOf()[0]).toEqual({
      ...EVENTS[0],
      ...context,
      device_brand: 'Maker',
      device_model: 'M1',
      device_os: 'Android 14',
      device_platform: 'android',
      device_pixel_ratio: 3,
      device_screen_width: 360,
      device_screen_height: 780,
      source_channel: 'qr',
      source_utm_source: 'poster',
      batch_id: batchOf().id,
      sent_at: batchOf().sentAt,
    });
  });

  it('carries the drops on the first row only', () => {
    const rows = rowsOf(EVENTS, { drops: { overflow: 3 } });
    expect(rows.map(({ drops }) => drops)).toEqual(['{"overflow":3}', undefined]);
  });

  it('names the table, the settings and the batch in the query', () => {
    expect(settingsOf(clickhouse({ database: 'shop', table: 'ev`ents', asyncInsert: true }).encode(batchOf()).query)).toEqual({
      query: 'INSERT INTO `shop`.`ev\\`ents` FORMAT JSONEachRow',
      date_time_input_format: 'best_effort',
      input_format_skip_unknown_fields: '1',
      async_insert: '1',
      wait_for_async_insert: '1',
      insert_deduplication_token: batchOf().id,
    });
  });

  it('gives a repeat that has more drops to tell another token', () => {
    const tokenOf = (drops: Record<string, number>) =>
      settingsOf(format().encode(batchOf(EVENTS, { drops })).query).insert_deduplication_token;
    expect(tokenOf({ overflow: 1 })).toBe(tokenOf({ overflow: 1 }));
    expect(tokenOf({ overflow: 2 })).not.toBe(tokenOf({ overflow: 1 }));
  });

  it('waits for no asynchronous insert that was not asked for, and names a table without a database', () => {
    const settings = settingsOf(format().encode(batchOf()).query);
    expect(settings).not.toHaveProperty('async_insert');
    expect(settings.query).toBe('INSERT INTO `events` FORMAT JSONEachRow');
  });

  it('asks servers of old for nothing that they do not know', () => {
    const { query, body } = clickhouse({ table: 'events', legacy: true }).encode(batchOf());
    expect(settingsOf(query)).not.toHaveProperty('insert_deduplication_token');
    expect(JSON.parse(body.split('\n')[0] as string).properties).toBe(JSON.stringify(EVENTS[0]?.properties));
  });

  it('sends a user and a password only when they are given', () => {
    // Not a header without a value either: hosts send it as `undefined`.
    expect(format().encode(batchOf()).headers).toStrictEqual({ 'content-type': 'application/x-ndjson' });
    expect(clickhouse({ table: 'events', user: 'app', password: 's' }).encode(batchOf()).headers).toMatchObject({
      'x-clickhouse-user': 'app',
      'x-clickhouse-key': 's',
    });
  });

  it.each(SPOILED)('encodes what a beforeSend spoiled: %j', (event) => {
    expect(rowsOf([event])[0].id).toBe(IDS[0]);
  });

  it.each([
    [400, 27, 'Cannot parse input'],
    [500, 27, 'Cannot parse input'],
    [500, 349, 'Cannot convert NULL value'],
    [500, 691, 'Unknown element'],
    [400, 117, 'Incorrect data'],
  ])('rejects the row that %i with code %i names', (status, code, text) => {
    expect(failed(status, code, `${text}: (while reading the value of key ts): (at row 2)\n`)).toEqual({
      type: 'reject',
      rejected: [IDS[1]],
    });
  });

  it('reads the code from the body where servers of old send no header', () => {
    const body = 'Code: 27, e.displayText() = DB::Exception: Cannot parse input: expected " before: bad: (at row 1)\n';
    expect(verdict(500, body)).toEqual({ type: 'reject', rejected: [IDS[0]] });
  });

  it('reads no code in the middle of a line: a row may quote one', () => {
    expect(verdict(400, '{"note":"Code: 27"}')).toBeUndefined();
  });

  it('names the row by all digits', () => {
    const ids = Array.from({ length: 12 }, (_, i) => `id${i}`);
    const response = answer(400, 'Code: 27. DB::Exception: Cannot parse input (at row 12)');
    expect(format().interpret?.(response, ids)).toEqual({ type: 'reject', rejected: ['id11'] });
  });

  it('goes by the header, which names the code also where the body tells otherwise', () => {
    const header = { 'X-ClickHouse-Exception-Code': '27' };
    expect(verdict(400, 'DB::Exception: Cannot parse input (at row 1)', header)).toEqual({
      type: 'reject',
      rejected: [IDS[0]],
    });
  });

  it.each([130, 131, 671, 676])('tells code %i as what it is', (code) => {
    const type = code === 671 ? 'blocked' : 'reject';
    expect(failed(400, code, 'of a value: (at row 1)')).toMatchObject({ type });
  });

  it('leaves 300 to the status, whatever its body quotes', () => {
    expect(verdict(300, 'Code: 241. DB::Exception: Memory limit')).toBeUndefined();
  });

  it('searches for the bad row when it is not named, is none of ours, or may be of another insert', () => {
    expect(failed(500, 27, 'Cannot parse input')).toEqual({ type: 'invalid' });
    expect(failed(500, 27, 'Cannot parse input (at row 3)')).toEqual({ type: 'invalid' });
    const asyncInsert = clickhouse({ table: 'events', asyncInsert: true });
    expect(asyncInsert.interpret?.(answer(400, 'Code: 27. (at row 1)'), IDS)).toEqual({ type: 'invalid' });
  });

  it.each([252, 241, 202, 159, 242])('leaves code %i with 500 to the status: it is sent again', (code) => {
    expect(failed(500, code, 'busy (at row 1)')).toBeUndefined();
  });

  it.each([62, 36, 44])('keeps all when 400 with code %i blames the query, not a row', (code) => {
    expect(failed(400, code, 'Syntax error')).toEqual({ type: 'blocked' });
  });

  it.each([
    [404, 60],
    [404, 115],
    [403, 516],
    [401, 194],
  ])('leaves %i with code %i to the status: it is blocked', (status, code) => {
    expect(failed(status, code, 'Unknown')).toBeUndefined();
  });

  it('sends again what failed after the server had begun to answer 200', () => {
    expect(verdict(200, 'Code: 241. DB::Exception: Memory limit')).toEqual({ type: 'retry' });
  });

  it.each([
    [200, ''],
    [200, '<html>'],
    [302, ''],
    [413, ''],
    [502, '<html>bad gateway</html>'],
    [400, ''],
  ])('leaves %i %s to the status', (status, body) => {
    expect(verdict(status, body)).toBeUndefined();
  });

  it.each([undefined, {}, { table: '' }])('names the missing table for %j', (options) => {
    expect(clickhouse(options as never).error).toContain('clickhouse({ table })');
    expect(format().error).toBeUndefined();
  });
});
