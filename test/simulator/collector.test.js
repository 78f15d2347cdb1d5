import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_BODY_BYTES } from '../../examples/simulator/collector.mjs';
import { aBatch, anEvent, readStream, startCollector } from './collectorServer.js';

describe('createCollector', () => {
  let server;
  beforeEach(async () => {
    server = await startCollector();
  });
  afterEach(() => server.close());

  describe('POST /v1/events', () => {
    it('names the accepted events and writes each with its context, arrival time and batch', async () => {
      const response = await server.post(aBatch([anEvent(0), anEvent(1)]));
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ accepted: ['event-1-0', 'event-1-1'], rejected: [] });
      const [first, second] = server.lines();
      expect(first).toEqual({
        ...anEvent(0),
        context: { anonymous_id: 'visitor-a', platform: 'wechat' },
        received_at: expect.any(Number),
        batch_id: 'batch-event-1-0.event-1-1',
        sent_at: 1795289871932,
      });
      expect(second.seq).toBe(1);
    });

    it('gives each event the context it points at', async () => {
      const contexts = [{ anonymous_id: 'visitor-a' }, { anonymous_id: 'visitor-b' }];
      await server.post(aBatch([anEvent(0), anEvent(1, { context: 1 })], { contexts }));
      expect(server.lines().map(({ context }) => context.anonymous_id)).toEqual(['visitor-a', 'visitor-b']);
    });

    it('rejects single events that lack a field and keeps the rest of the batch', async () => {
      const bad = ['id', 'name', 'ts', 'boot', 'seq'].map((field, i) => ({ ...anEvent(10 + i), [field]: undefined }));
      const response = await server.post(aBatch([anEvent(0), ...bad, anEvent(1)], { batch_id: 'b' }));
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        accepted: ['event-1-0', 'event-1-1'],
        // The first of the bad ones has no id to be named by.
        rejected: ['event-1-11', 'event-1-12', 'event-1-13', 'event-1-14'],
      });
      expect(server.lines()).toHaveLength(2);
      expect(server.collector.state().totals.rejected).toBe(5);
    });

    it('rejects an event whose context does not exist', async () => {
      const response = await server.post(aBatch([anEvent(0, { context: 7 })]));
      expect(await response.json()).toEqual({ accepted: [], rejected: ['event-1-0'] });
    });

    it.each([
      ['text that is not JSON', '{"schema":', /not JSON/],
      ['an array', [], /must be a JSON object/],
      ['another schema', aBatch([], { schema: 'other/1' }), /"schema" must be "minitrail\/1", not "other\/1"/],
      ['no batch', aBatch([], { batch: undefined }), /"batch" must be an array/],
      ['no contexts', aBatch([], { contexts: undefined }), /"contexts" must be an array/],
      ['no batch_id', aBatch([], { batch_id: undefined }), /"batch_id"/],
      ['a textual sent_at', aBatch([], { sent_at: 'now' }), /"sent_at"/],
      ['drops that are not counts', aBatch([], { drops: { overflow: 'many' } }), /"drops"/],
    ])('answers 400 to %s and says what is wrong', async (_name, body, message) => {
      const response = await server.post(body);
      expect(response.status).toBe(400);
      expect((await response.json()).error).toMatch(message);
    });

    it('answers 413 to a body over 1 MB', async () => {
      const response = await server.post(aBatch([anEvent(0, { properties: { text: 'x'.repeat(MAX_BODY_BYTES) } })]));
      expect(response.status).toBe(413);
      expect((await response.json()).error).toMatch(/larger than 1048576 bytes/);
    });

    it('unpacks gzip, and refuses gzip that unpacks beyond the limit', async () => {
      const gzip = { 'content-encoding': 'gzip' };
      expect((await server.post(gzipSync(JSON.stringify(aBatch([anEvent(0)]))), gzip)).status).toBe(200);
      expect((await server.post(gzipSync('x'.repeat(MAX_BODY_BYTES + 1)), gzip)).status).toBe(413);
      expect((await server.post('not gzip', gzip)).status).toBe(400);
      expect(server.lines()).toHaveLength(1);
    });

    it('answers 405 to other methods and tells a browser what it may send', async () => {
      const get = await fetch(`${server.url}/v1/events`);
      expect(get.status).toBe(405);
      expect(get.headers.get('allow')).toBe('POST, OPTIONS');
      const preflight = await fetch(`${server.url}/v1/events`, { method: 'OPTIONS' });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
      expect(preflight.headers.get('access-control-allow-headers')).toContain('content-encoding');
    });

    it('accepts an event again, keeps every arrival in the file and marks the repeat in memory only', async () => {
      await server.post(aBatch([anEvent(0)]));
      const again = await server.post(aBatch([anEvent(0), anEvent(1)]));
      expect((await again.json()).accepted).toEqual(['event-1-0', 'event-1-1']);
      expect(server.lines().map(({ seq }) => seq)).toEqual([0, 0, 1]);
      expect(server.lines().some((line) => 'repeat' in line)).toBe(false);
      const { recent, totals } = server.collector.state();
      expect(recent.map(({ repeat }) => repeat)).toEqual([false, true, false]);
      expect(totals).toMatchObject({ arrivals: 3, events: 2, repeats: 1 });
    });
  });

  describe('the audit', () => {
    it('counts accepted, arrived, missing and repeated events per launch', async () => {
      await server.post(aBatch([anEvent(0), anEvent(1), anEvent(4)]));
      await server.post(aBatch([anEvent(4)]));
      await server.post(aBatch([anEvent(0, { boot: 2 })]));
      const byBoot = Object.fromEntries(server.collector.state().audit.map((row) => [row.boot, row]));
      expect(byBoot[1]).toMatchObject({ anonymous_id: 'visitor-a', accepted: 5, arrived: 3, missing: 2, repeats: 1 });
      expect(byBoot[2]).toMatchObject({ accepted: 1, arrived: 1, missing: 0, repeats: 0 });
    });

    it('counts the drops of a batch once, however often the batch arrives', async () => {
      const batch = aBatch([anEvent(0)], { drops: { overflow: 2 } });
      await server.post(batch);
      await server.post(batch);
      await server.post(aBatch([anEvent(3)], { drops: { overflow: 1, expired: 1 } }));
      const { audit, totals } = server.collector.state();
      expect(audit[0].drops).toEqual({ overflow: 3, expired: 1 });
      expect(totals.drops).toEqual({ overflow: 3, expired: 1 });
    });

    it('survives restarts, also when the last line of the file was cut', async () => {
      await server.post(aBatch([anEvent(0), anEvent(1)]));
      writeFileSync(server.file, '{"id":"cut', { flag: 'a' });
      const restarted = await startCollector({ file: server.file });
      expect(restarted.collector.state().audit).toMatchObject([{ accepted: 2, arrived: 2, missing: 0 }]);
      await restarted.post(aBatch([anEvent(2)]));
      await restarted.close();
      const third = await startCollector({ file: server.file });
      expect(third.collector.state().audit).toMatchObject([{ accepted: 3, arrived: 3, missing: 0 }]);
      await third.close();
    });
  });

  describe('POST /sim/mode', () => {
    it.each([['500'], ['403'], ['429']])('answers %s and takes nothing', async (mode) => {
      await server.setMode(mode);
      const response = await server.post(aBatch([anEvent(0)]));
      expect(response.status).toBe(Number(mode));
      expect(response.headers.get('retry-after')).toBe(mode === '429' ? '5' : null);
      expect(server.collector.state().totals).toMatchObject({ arrivals: 0, requests: 1, byStatus: { [mode]: 1 } });
    });

    it('leaves a request without an answer until the mode changes', async () => {
      await server.setMode('hang');
      let isSettled = false;
      const post = server
        .post(aBatch([anEvent(0)]))
        .catch(() => 'no answer')
        .finally(() => {
          isSettled = true;
        });
      await vi.waitFor(() => expect(server.collector.state().requests).toMatchObject([{ status: 0, mode: 'hang' }]));
      expect(isSettled).toBe(false);
      await server.setMode('ok');
      expect(await post).toBe('no answer');
      expect(server.collector.state().totals.arrivals).toBe(0);
    });

    it('takes a batch and loses the answer', async () => {
      await server.setMode('lost');
      const answer = server.post(aBatch([anEvent(0)])).then((response) => response.text());
      await expect(answer).rejects.toThrow();
      expect(server.lines()).toHaveLength(1);
    });

    it('refuses a mode it does not know', async () => {
      const response = await server.setMode('teapot');
      expect(response.status).toBe(400);
      expect((await response.json()).error).toMatch(/ok, 500, 403, 429, hang, lost/);
    });
  });

  describe('GET /sim/events', () => {
    it('sends what is known, then each request and its arrivals', async () => {
      await server.post(aBatch([anEvent(0)]));
      const stream = await readStream(
        `${server.url}/sim/events`,
        ({ event, payload }) => event === 'events' && payload.arrivals[0].seq === 1,
      );
      expect(stream.response.headers.get('content-type')).toMatch('text/event-stream');
      await server.post(aBatch([anEvent(1)]));
      const messages = await stream.messages;
      expect(messages.map(({ event }) => event)).toEqual(['hello', 'request', 'events']);
      expect(messages[0].payload.recent).toMatchObject([{ id: 'event-1-0', repeat: false }]);
      expect(messages[1].payload.request).toMatchObject({ status: 200, events: 1, repeats: 0 });
      expect(messages[2].payload).toMatchObject({
        arrivals: [{ id: 'event-1-1', context: { anonymous_id: 'visitor-a' } }],
        audit: [{ accepted: 2, missing: 0 }],
      });
    });
  });

  it('calls onRequest and onEvents', async () => {
    const onEvents = vi.fn();
    const onRequest = vi.fn();
    const watched = await startCollector({ onEvents, onRequest });
    await watched.post(aBatch([anEvent(0)]));
    await watched.post('nonsense');
    expect(onEvents).toHaveBeenCalledExactlyOnceWith([expect.objectContaining({ id: 'event-1-0', repeat: false })]);
    expect(onRequest.mock.calls.map(([{ status }]) => status)).toEqual([200, 400]);
    await watched.close();
  });

  it('leaves other URLs to somebody else', async () => {
    expect((await fetch(`${server.url}/other`)).status).toBe(404);
  });
});
