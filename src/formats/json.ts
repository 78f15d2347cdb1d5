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
      const lines = events.map(({ line, context }) => {
        if (!contexts.includes(context)) contexts.push(context);
        return `${line.slice(0, -1)},"context":${contexts.indexOf(context)}}`;
      });
      const head = JSON.stringify({ schema: SCHEMA, batch_id: id, sent_at: sentAt, clock_offset_ms: clockOffsetMs, drops });
      return { body: `${head.slice(0, -1)},"contexts":[${contexts}],"batch":[${lines}]}` };
    },
    interpret: (Object(options) as JsonOptions).answers,
  }) as Format;
