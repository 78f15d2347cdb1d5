import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { send } from './send.js';

const root = fileURLToPath(new URL('../.engines/clickhouse/root/', import.meta.url));

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Debian's `clickhouse-server`, unpacked and not installed, on loopback, with its data in a folder of its own. */
export const startClickhouse = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'minitrail-clickhouse-'));
  const [http, tcp] = [await freePort(), await freePort()];
  const shard = (name) =>
    `<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>${tcp}</port><default_database>${name}</default_database></replica></shard>`;
  writeFileSync(
    join(dir, 'config.xml'),
    `<yandex><logger><level>warning</level><log>${dir}/log</log><errorlog>${dir}/errors</errorlog></logger>
<http_port>${http}</http_port><tcp_port>${tcp}</tcp_port><listen_host>127.0.0.1</listen_host>
<path>${dir}/data/</path><tmp_path>${dir}/tmp/</tmp_path><users_config>users.xml</users_config>
<default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>67108864</mark_cache_size>
<remote_servers><shop>${shard('shard_1')}${shard('shard_2')}</shop></remote_servers></yandex>`,
  );
  const user = (name, password) =>
    `<${name}><password>${password}</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></${name}>`;
  writeFileSync(
    join(dir, 'users.xml'),
    `<yandex><profiles><default><insert_distributed_sync>1</insert_distributed_sync></default></profiles>
<users>${user('default', '')}${user('app', 'secret')}</users><quotas><default></default></quotas></yandex>`,
  );
  const library = ['usr/lib', 'lib'].map((part) => `${root}${part}/x86_64-linux-gnu`).join(':');
  const child = spawn(`${root}usr/sbin/clickhouse-server`, [`--config-file=${dir}/config.xml`], {
    cwd: dir,
    env: { ...process.env, LD_LIBRARY_PATH: library },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${http}`;
  const query = async (sql) => {
    const { status, body } = (await send({ url: `${url}/`, body: sql })) || { body: 'no answer' };
    if (status !== 200) throw new Error(body);
    return body.trim();
  };
  for (let tries = 0; ; tries++) {
    if ((await send({ url: `${url}/`, body: 'SELECT 1' }))?.status === 200) break;
    if (tries > 300 || child.exitCode !== null) throw new Error(`clickhouse-server did not start: see ${dir}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    query,
    rows: async (sql) => {
      const text = await query(`${sql} FORMAT JSONEachRow`);
      return text ? text.split('\n').map((line) => JSON.parse(line)) : [];
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      rmSync(dir, { recursive: true });
    },
  };
};
