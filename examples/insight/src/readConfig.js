import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|\[?::1\]?|localhost)$/;

export const isLoopbackHost = (/** @type {string} */ host) => LOOPBACK.test(host);

/**
 * Settings from the environment.
 *
 * | variable | meaning | default |
 * | --- | --- | --- |
 * | `INSIGHT_HOST`, `INSIGHT_PORT` | where to listen | 127.0.0.1, 8788 |
 * | `INSIGHT_DATA` | folder of the journal and the database | `.data` beside package.json |
 * | `INSIGHT_STORE` | `clickhouse://user:password@host:8123/database` instead of DuckDB | a file in the folder |
 * | `INSIGHT_KEYS` | write keys: `shop:KEY,other:KEY` | none, on loopback only |
 * | `INSIGHT_TOKEN` | for the reports | none, on loopback only |
 * | `INSIGHT_TIME_ZONE` | of the shop | Asia/Shanghai |
 * | `INSIGHT_MEMORY` | limit of DuckDB | 1GB |
 * | `INSIGHT_REQUESTS_PER_MINUTE` | by write key and address | 6000 |
 * | `INSIGHT_SHOP` | the shop at `/shop`: served there where it is the simulator of `npm start`, else led to | none |
 * | `INSIGHT_TRUST_PROXY` | `1` behind a balancer: the address is that of X-Forwarded-For | no |
 *
 * @param {NodeJS.ProcessEnv} env
 */
export const readConfig = (env) => {
  const host = env.INSIGHT_HOST || '127.0.0.1';
  const port = Number(env.INSIGHT_PORT || 8788);
  const dataFolder = env.INSIGHT_DATA || fileURLToPath(new URL('../.data', import.meta.url));
  const isLoopback = isLoopbackHost(host);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('INSIGHT_PORT is a number from 0 to 65535');
  const requestsPerMinute = Number(env.INSIGHT_REQUESTS_PER_MINUTE || 6000);
  if (!(requestsPerMinute > 0)) throw new Error('INSIGHT_REQUESTS_PER_MINUTE is a number above 0');
  if (!isLoopback && !env.INSIGHT_KEYS)
    throw new Error(`INSIGHT_KEYS is needed to listen on ${host}, as in INSIGHT_KEYS=shop:KEY`);
  if (!isLoopback && !env.INSIGHT_TOKEN)
    throw new Error(`INSIGHT_TOKEN is needed to listen on ${host}: reports are not for everybody`);
  return {
    host,
    port,
    isLoopback,
    dataFolder,
    storeUrl: env.INSIGHT_STORE || join(dataFolder, 'insight.duckdb'),
    keys: env.INSIGHT_KEYS,
    token: env.INSIGHT_TOKEN,
    timeZone: env.INSIGHT_TIME_ZONE || 'Asia/Shanghai',
    memoryLimit: env.INSIGHT_MEMORY || '1GB',
    requestsPerMinute,
    shopUrl: env.INSIGHT_SHOP,
    trustProxy: env.INSIGHT_TRUST_PROXY === '1',
  };
};

/** @typedef {ReturnType<typeof readConfig>} Config */
