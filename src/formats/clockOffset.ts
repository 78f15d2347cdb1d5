import { headerOf } from '../transport/answer';
import type { Format } from '../types/format';

const TOLERANCE_MS = 120_000;

/**
 * A format that says how far the endpoint's clock is ahead of the device's, by the `Date` header of the last answer: in
 * `json()` as `clock_offset_ms`, 0 while that is unknown or within 2 minutes. Times are not corrected by it.
 *
 * @example endpoint: { url: 'https://collect.example.com/v1/events', format: clockOffset(json()) }
 */
export const clockOffset = (format: Format): Format => {
  let sentAt = 0;
  let clockOffsetMs = 0;
  return Object.assign({}, format, {
    encode(batch) {
      sentAt = batch.sentAt;
      return format.encode(Object.assign({}, batch, { clockOffsetMs }));
    },
    interpret(response, ids) {
      const ahead = Date.parse(headerOf(response, 'date')) - (sentAt + Date.now()) / 2;
      clockOffsetMs = Math.abs(ahead) > TOLERANCE_MS ? Math.round(ahead) : 0;
      return format.interpret && format.interpret(response, ids);
    },
  } satisfies Partial<Format>);
};
