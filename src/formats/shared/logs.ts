import type { HttpResponse } from '../../types/adapter';
import type { Batch, Verdict } from '../../types/format';
import { flatten } from './flatten';
import { readEvents } from './readEvents';

/** The events as flat records of text, which is all that the log services of Aliyun and Volcengine take. */
export const toLogs = (batch: Batch): Record<string, string>[] =>
  readEvents(batch, (event, context, drops) => {
    const log: Record<string, string> = {};
    const values = Object.assign(flatten(context), event, { sent_at: batch.sentAt, batch_id: batch.id }, drops && { drops });
    for (const key of Object.keys(values)) {
      const value: unknown = values[key as keyof typeof values];
      log[key] = typeof value === 'object' ? JSON.stringify(value) : `${value}`;
    }
    return log;
  });

/** 400 and 403 of both services tell by a code whether the size, the quota, the request or a log is meant. */
export const interpretLogs = ({ status, body }: HttpResponse): Verdict | undefined => {
  const [, code = ''] = /"errorcode":\s*"(\w+)"/i.exec(body) || [];
  if (!code || (status !== 400 && status !== 403)) return undefined;
  if (/Quota|QPS|Rate|Busy/.test(code)) return { type: 'retry' };
  if (/TooLarge|TooLong|TooBig/.test(code)) return { type: 'split' };
  return { type: status === 400 && /^(PostBodyInvalid|InvalidArgumentsTypes)$/.test(code) ? 'invalid' : 'blocked' };
};
