import { SCHEMA } from '../semantic';
import type { Format } from '../types/format';

/** How answers are read. */
export interface JsonOptions {
  /**
   * `jsonAnswers` of `minitrail/formats/jsonAnswers`, for an endpoint that takes some events of a batch and refuses
   * others. Without it any 2xx acknowledges the batch.
   */
  readonly answers?: NonNullable<Format['interpret']>;
}

/**
 * The envelope `minitrail/1`: what many events share is written once, in `contexts`.
 *
 * @example endpoint: { url: 'https://collect.example.com/v1/events', format: json({ answers: jsonAnswers }) }
 */
export const json = (options?: JsonOptions): Format =>
  ({
    limits: { events: 100, bytes: 128 * 1024 },
    encode({ id, events, sentAt, clockOffsetMs, drops }) {
      const contexts: string[] = [];
      // One text that grows: a list that is joined would cost an iPhone three times as much.
      let batch = '';
      for (const { line, context } of events) {
        let place = contexts.indexOf(context);
        if (place < 0) place = contexts.push(context) - 1;
        batch += `${batch && ','}${line.slice(0, -1)},"context":${place}}`;
      }
      const head = JSON.stringify({ schema: SCHEMA, batch_id: id, sent_at: sentAt, clock_offset_ms: clockOffsetMs, drops });
      return { body: `${head.slice(0, -1)},"contexts":[${contexts}],"batch":[${batch}]}` };
    },
    interpret: (Object(options) as JsonOptions).answers,
  }) as Format;
