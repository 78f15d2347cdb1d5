import type { Format } from '../types/format';
import { byteLength } from '../utils/byteLength';
import { ROW_LIMITS } from './shared/limits';
import { interpretLogs, toLogs } from './shared/logs';

/** What every log is marked with. */
export interface TlsOptions {
  /**
   * `Source` of every log.
   *
   * @default 'minitrail'
   */
  readonly source?: string;
}

/**
 * WebTracks of Volcengine's log service (火山引擎日志服务 TLS). It has to be switched on for the topic, and then anyone who
 * knows its id can write to it. Logs look like those of `sls`.
 * https://www.volcengine.com/docs/6470/141803
 *
 * @example endpoint: { url: 'https://tls-cn-beijing.volces.com/WebTracks?ProjectId=…&TopicId=…', format: tls() }
 */
export const tls = (options?: TlsOptions): Format => ({
  limits: ROW_LIMITS,
  encode(batch) {
    const { source: Source = 'minitrail' } = Object(options) as TlsOptions;
    const body = JSON.stringify({ Source, Logs: toLogs(batch) });
    return { body, headers: { 'x-tls-apiversion': '0.3.0', 'x-tls-bodyrawsize': `${byteLength(body)}` } };
  },
  interpret: interpretLogs,
});
