import { describe, expect, it } from 'vitest';
import { ndjson } from '../../src/formats/ndjson';
import { batchOf, CONTEXT, EVENTS } from './sampleBatch';

describe('ndjson', () => {
  it('sends a line per event, complete in itself, the drops on the first', () => {
    const batch = batchOf(EVENTS, { drops: { overflow: 3 } });
    const { body, headers } = ndjson().encode(batch);
    const common = { context: CONTEXT, batch_id: batch.id, sent_at: batch.sentAt };
    expect(headers).toEqual({ 'content-type': 'application/x-ndjson' });
    expect(body.endsWith('\n')).toBe(true);
    expect(
      body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { ...EVENTS[0], ...common, drops: { overflow: 3 } },
      { ...EVENTS[1], ...common },
    ]);
  });
});
