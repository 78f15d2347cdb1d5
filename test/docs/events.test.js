import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventRows } from '../../scripts/docs/eventPages.mjs';
import * as semantic from '../../src/semantic';
import { readFields } from '../privacy/readDocument';

// That docs/privacy.md lists exactly what is sent, on three hosts, is held by test/privacy/fields.test.js.
describe('the event dictionary', () => {
  const rows = eventRows();

  it('has every field of an event that is really sent, with its hosts', () => {
    const events = Object.entries(semantic)
      .filter(([constant]) => constant.startsWith('EVENT_'))
      .map(([, name]) => name);
    const sent = readFields('docs/privacy.md').filter(({ field }) => events.includes(field.split('.')[0]));
    const listed = new Map(rows.map((row) => [`${row.event}.${row.property}`, row]));
    expect(sent.length).toBeGreaterThan(60);
    expect(sent.map(({ field }) => field).filter((field) => !listed.has(field))).toEqual([]);
    const names = { wx: 'wechat', my: 'alipay', tt: 'douyin' };
    for (const { field, hosts } of sent) expect(listed.get(field).hosts, field).toEqual(hosts.map((host) => names[host]));
  });

  it('knows the type and the meaning of each, in both languages', () => {
    const vague = rows.filter(({ type, en, zh }) => type === 'any' || !en || !zh);
    expect(vague.map(({ event, property }) => `${event}.${property}`)).toEqual([]);
  });

  it('says of each event when it comes, and of each property something of its own', () => {
    const silent = rows.filter(({ when_en, when_zh }) => !when_en || !when_zh);
    expect(silent.map(({ event }) => event)).toEqual([]);
    for (const language of ['en', 'zh']) {
      const texts = rows.map((row) => `${row.event}: ${row[language]}`);
      // The two sides of a place share a sentence.
      const shared = texts.filter((text) => texts.filter((other) => other === text).length > 2);
      expect(shared).toEqual([]);
    }
  });

  it('gives examples of the type that it names', () => {
    const kinds = { list: 'object', array: 'object', integer: 'number' };
    const given = rows.filter(({ example }) => example !== undefined);
    expect(given.length).toBeGreaterThan(10);
    for (const { event, property, type, example } of given)
      expect(typeof example, `${event}.${property}`).toBe(kinds[type] || type);
  });

  it('is the same as JSON and as CSV', () => {
    const json = JSON.parse(readFileSync('docs/events.json', 'utf8'));
    expect(json).toEqual(JSON.parse(JSON.stringify(rows)));
    expect(readFileSync('docs/events.csv', 'utf8').trim().split('\n')).toHaveLength(rows.length + 1);
  });
});
