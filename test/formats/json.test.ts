import { beforeEach, describe, expect, it, vi } from 'vitest';
import { json } from '../../src/formats/json';
import { jsonAnswers } from '../../src/formats/jsonAnswers';
import type { Batch, Verdict } from '../../src/types/format';

const context = (visitor: string): string => JSON.stringify({ anonymous_id: visitor });
const event = (id: string, visitor = 'v1') => ({ id, line: JSON.stringify({ id, name: 'x' }), context: context(visitor) });

const batch = (events: Batch['events'], more: Partial<Batch> = {}): Batch => ({
  id: 'batch-1',
  events,
  sentAt: 5,
  clockOffsetMs: 0,
  isBinary: () => false,
  drops: {},
  ...more,
});

const bodyOf = (given: Batch) => JSON.parse(json().encode(given).body as string);

beforeEach(() => {
  vi.useFakeTimers();
});

describe('json: encode', () => {
  it('takes 100 events and 128 KB in a batch', () => {
    expect(json().limits).toEqual({ events: 100, bytes: 131_072 });
  });

  it('writes the envelope', () => {
    const body = bodyOf(batch([event('a')], { clockOffsetMs: -7, drops: { overflow: 2 } }));
    expect(body).toEqual({
      schema: 'minitrail/1',
      batch_id: 'batch-1',
      sent_at: 5,
      clock_offset_ms: -7,
      contexts: [{ anonymous_id: 'v1' }],
      batch: [{ id: 'a', name: 'x', context: 0 }],
      drops: { overflow: 2 },
    });
  });

  it('writes each context once and names it by its position', () => {
    const body = bodyOf(batch([event('a'), event('b', 'v2'), event('c'), event('d', 'v2')]));
    expect(body.contexts).toEqual([{ anonymous_id: 'v1' }, { anonymous_id: 'v2' }]);
    expect(body.batch.map((each: { context: number }) => each.context)).toEqual([0, 1, 0, 1]);
  });

  it('keeps what looks like the end of an event inside one', () => {
    const line = JSON.stringify({ id: 'a', properties: { text: '"}]},\n\u2028微信😀' } });
    const [read] = bodyOf(batch([{ id: 'a', line, context: context('v') }])).batch;
    expect(read).toEqual({ ...JSON.parse(line), context: 0 });
  });
});

describe('json: answers', () => {
  it('takes any 2xx for an acknowledgement of all where the lists are not asked for', () => {
    expect(json().interpret?.({ status: 200, headers: {}, body: '{"accepted":[]}' }, ['a'])).toBeUndefined();
  });

  const ids = ['a', 'b', 'c'];
  const verdict = (status: number, body: unknown): Verdict | undefined =>
    json({ answers: jsonAnswers }).interpret?.(
      { status, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) },
      ids,
    );

  it.each([0, 302, 400, 404, 413, 429, 500])('leaves %i to the status', (status) => {
    expect(verdict(status, { accepted: [], rejected: ids })).toBeUndefined();
  });

  it.each([
    [199, undefined],
    [200, 'ack'],
    [299, 'ack'],
    [300, undefined],
  ])('reads the lists of %i: %s', (status, type) => {
    expect(verdict(status, { accepted: ids })?.type).toBe(type);
  });

  it('sends again what is in neither list', () => {
    expect(verdict(200, { accepted: ['a'], rejected: ['b'] })).toEqual({ type: 'ack', rejected: ['b'], retry: ['c'] });
    expect(verdict(207, { accepted: [] })).toEqual({ type: 'ack', rejected: [], retry: ids });
  });

  it('takes all but the refused for accepted where only those are named', () => {
    expect(verdict(200, { rejected: ['b'] })).toEqual({ type: 'ack', rejected: ['b'], retry: [] });
  });

  // encoding/json of Go writes a nil slice as null: https://pkg.go.dev/encoding/json#Marshal
  it('reads null as an empty list', () => {
    expect(verdict(200, { accepted: ids, rejected: null })).toEqual({ type: 'ack', rejected: [], retry: [] });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '<html>OK</html>'],
    ['another form', { code: 0, message: 'ok' }],
    ['counts', { accepted: 3, rejected: 0 }],
    ['words', { accepted: 'yes', rejected: 'none' }],
    ['objects', { accepted: {}, rejected: {} }],
    ['null', 'null'],
    ['a number', '1'],
    ['a list', []],
  ])('takes the batch for acknowledged when a 2xx says %s', (_, body) => {
    const given = verdict(204, body);
    expect(given === undefined || (given.type === 'ack' && !given.rejected?.length && !given.retry?.length)).toBe(true);
  });
});
