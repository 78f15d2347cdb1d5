import type { Format } from '../types/format';
import { ROW_LIMITS } from './shared/limits';
import { interpretLogs, toLogs } from './shared/logs';

/** What every log is marked with. */
export interface SlsOptions {
  /** `__topic__` of every log. */
  readonly topic?: string;
  /**
   * `__source__` of every log.
   *
   * @default 'minitrail'
   */
  readonly source?: string;
}

/**
 * WebTracking of Aliyun's log service (阿里云日志服务 SLS). It has to be switched on for the log store, and then anyone
 * who knows its name can write to it. A log is the event with its context, nested facts under joined names
 * (`device_brand`), every value as text, `properties` as JSON text.
 * https://help.aliyun.com/zh/sls/developer-reference/api-putwebtracking
 *
 * @example endpoint: { url: 'https://<project>.<region>.log.aliyuncs.com/logstores/<logstore>/track', format: sls() }
 */
export const sls = (options?: SlsOptions): Format => ({
  limits: ROW_LIMITS,
  encode(batch) {
    const { topic, source = 'minitrail' } = options || {};
    return {
      query: 'APIVersion=0.6.0',
      body: JSON.stringify({ __topic__: topic, __source__: source, __logs__: toLogs(batch) }),
    };
  },
  interpret: interpretLogs,
});
