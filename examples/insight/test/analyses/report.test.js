import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatTable, report } from '../../src/report.js';
import { fillWithHistory } from './helpers/createShopHistory.js';
import { createTestApi } from './helpers/testApi.js';

const T = Date.parse('2026-09-02T04:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'insight-report-'));
let api;
beforeAll(async () => {
  api = await createTestApi();
  await fillWithHistory(api.shop);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

const id = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const batch = {
  schema: 'minitrail/1',
  batch_id: 'b1',
  sent_at: T + 500,
  clock_offset_ms: 0,
  drops: {},
  contexts: [
    {
      anonymous_id: 'v1',
      platform: 'wechat',
      sdk: 'minitrail/0.1.0',
      network_type: 'wifi',
      source: { scene: '1011', channel_group: 'scan' },
      first_source: { scene: '1011', channel_group: 'scan' },
    },
  ],
  batch: ['page_view', 'product_viewed', 'product_added', 'checkout_started', 'order_paid'].map((name, seq) => ({
    id: id(seq),
    boot: 1,
    seq,
    type: seq ? 'track' : 'auto',
    name,
    ts: T + seq,
    session_id: 's',
    context: 0,
    properties: {
      path: 'p',
      product_id: 'p1',
      price: 20,
      ...(seq === 4 ? { order_id: 'o1', value: 20, items: [{ product_id: 'p1', price: 20, quantity: 1 }] } : {}),
    },
  })),
};

test('prints the tables of a file of batches, in both languages', async () => {
  const path = join(folder, 'events.ndjson');
  writeFileSync(path, `${JSON.stringify(batch)}\n\n`);
  const lines = [];
  await report([path, '--lang', 'zh'], (text) => lines.push(text));
  const text = lines.join('\n');
  expect(text).toContain('经营概览');
  expect(text).toMatch(/active_people +1/);
  expect(text).toMatch(/revenue +20/);
  expect(text).toMatch(/scan +1 +1 +1 +1 +20/);
  expect(text).toMatch(/\n4 +1 +1 +1/);
});

test('prints the tables of a running server', async () => {
  const lines = [];
  await report([`http://127.0.0.1:${api.app.server.address().port}`, '--from', '2026-09-01', '--to', '2026-10-10'], (text) =>
    lines.push(text),
  );
  const { body } = await api.call('GET', '/api/analyses/overview?from=2026-09-01&to=2026-10-10');
  expect(lines.join('\n')).toMatch(new RegExp(`orders +${body.rows[0].orders}\\n`));
});

test('says which line is wrong, which file is missing, which option is unknown', async () => {
  const path = join(folder, 'broken.ndjson');
  writeFileSync(path, `${JSON.stringify(batch)}\n{"a":`);
  await expect(report([path], () => {})).rejects.toThrow('line 2 is no JSON');
  await expect(report(['nowhere.ndjson'], () => {})).rejects.toThrow('no such file');
  await expect(report(['--form', '2026-01-01'], () => {})).rejects.toThrow('unknown option');
  await expect(report(['--from', 'monday'], () => {})).rejects.toThrow('no day');
});

test('a table stands upright with Chinese in it', () => {
  expect(
    formatTable([
      { 名: '甲', n: 1 },
      { 名: 'ab', n: null },
    ]),
  ).toBe('名  n\n甲  1\nab  -');
});
