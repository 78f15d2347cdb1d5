import type { Format } from '../types/format';
import type { Json } from '../types/json';
import { beside } from './shared/beside';
import { ROW_LIMITS } from './shared/limits';
import { omit } from './shared/omit';
import { readEvents } from './shared/readEvents';

/** What the log records say of their origin. */
export interface OtlpOptions {
  /**
   * `service.name` of the resource.
   *
   * @default the app id of the mini-program
   */
  readonly serviceName?: string;
}

interface Attributes {
  readonly [key: string]: Json | undefined;
}

// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto
// 64-bit integers are strings in the JSON of protobuf; an empty object is the value `null`.
const anyValue = (value: Json): object =>
  value === null
    ? {}
    : typeof value === 'string'
      ? { stringValue: value }
      : typeof value === 'boolean'
        ? { boolValue: value }
        : typeof value === 'number'
          ? Number.isSafeInteger(value)
            ? { intValue: `${value}` }
            : { doubleValue: value }
          : Array.isArray(value)
            ? { arrayValue: { values: value.map(anyValue) } }
            : { kvlistValue: { values: pairsOf(value as Attributes) } };
const pairsOf = (from: Attributes): object[] =>
  Object.keys(from)
    .filter((key) => from[key] !== undefined)
    .map((key) => ({ key, value: anyValue(from[key] as Json) }));

/**
 * Logs by OTLP over HTTP, as JSON: an OpenTelemetry Collector, or any backend that takes OTLP. An event is a log record
 * with its name as `eventName` and body and its properties as attributes; what belongs to app and device is the resource.
 * https://opentelemetry.io/docs/specs/otlp/#otlphttp
 *
 * @example endpoint: { url: 'https://collector.example.com/v1/logs', format: otlp({ serviceName: 'shop' }) }
 */
export const otlp = (options?: OtlpOptions): Format => {
  const { serviceName } = Object(options) as OtlpOptions;
  return {
    limits: ROW_LIMITS,
    encode(batch) {
      const resources: object[] = [];
      const known = new Map<string, object[]>();
      readEvents(batch, ({ id, boot, seq, type, name, ts, session_id, properties }, context, drops) => {
        const { app_id, device = {}, sdk } = context;
        const [library, version] = `${sdk}`.split('/');
        const resource = JSON.stringify(
          pairsOf(
            // https://opentelemetry.io/docs/specs/semconv/resource/
            Object.assign(
              {
                'service.name': serviceName || app_id || 'unknown_service',
                'service.version': context.app_version,
                'deployment.environment.name': context.app_env,
                'device.manufacturer': device.brand,
                'device.model.name': device.model,
                'os.name': device.platform,
                'os.description': device.os,
              },
              omit(context, 'app_version app_env device anonymous_id user_id network_type sdk'),
            ),
          ),
        );
        let records = known.get(resource);
        if (!records) {
          known.set(resource, (records = []));
          resources.push({
            resource: { attributes: JSON.parse(resource) },
            scopeLogs: [{ scope: { name: library, version }, logRecords: records }],
          });
        }
        // Digits of an unsigned 64-bit integer, whatever a `beforeSend` made of the time.
        const time = ts > 0 && ts < 1e13 ? `${Math.round(ts)}000000` : '0';
        records.push({
          timeUnixNano: time,
          observedTimeUnixNano: time,
          // ERROR and INFO.
          severityNumber: name === 'app_error' ? 17 : 9,
          eventName: name,
          body: { stringValue: `${name}` },
          attributes: pairsOf(
            beside(properties, {
              // https://opentelemetry.io/docs/specs/semconv/general/logs/
              'log.record.uid': id,
              'session.id': session_id,
              'app.installation.id': context.anonymous_id,
              'user.id': context.user_id,
              'network.connection.type': context.network_type,
              'minitrail.type': type,
              'minitrail.boot': boot,
              'minitrail.seq': seq,
              'minitrail.drops': drops,
            }),
          ),
        });
      });
      return { body: JSON.stringify({ resourceLogs: resources }) };
    },
    interpret({ status, body }, ids) {
      if (status > 299) {
        // Those and no others may be sent again (https://opentelemetry.io/docs/specs/otlp/#failures-1). The rest of 5xx, and
        // 408 and 425, wait for somebody to look, as nothing was lost yet.
        return /^(3..|400|413|422|429|50[234])$/.test(`${status}`) ? undefined : { type: 'blocked' };
      }
      const [, count = 0] = /"rejected_?log_?records":\s*"?(\d+)/i.exec(body) || [];
      // The collector says how many, not which, and must not be sent them again: so many are counted.
      return +count ? { type: 'ack', rejected: ids.slice(0, +count) } : undefined;
    },
  };
};
