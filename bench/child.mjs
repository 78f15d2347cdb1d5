// One measured process: `node child.mjs '<job as JSON>'` runs the job's steps and prints what it saw as JSON.
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { drive } from './host/drive.mjs';
import { createWechat, warmUp } from './host/wechat.mjs';
import { SDKS } from './sdks/index.mjs';

const job = JSON.parse(process.argv[2]);
const { sdk, bundle, steps, decode } = job;
const stored = job.storedIn ? JSON.parse(readFileSync(job.storedIn, 'utf8')) : {};
const host = createWechat({ startAt: Date.UTC(2026, 2, 2, 2), ...job.host, stored });
const code = readFileSync(bundle, 'utf8');
/** What V8 kept of an earlier launch: the app's functions, compiled. */
const cachedData = job.codeIn && readFileSync(job.codeIn);
const now = performance.now.bind(performance);

let script;
const engine = {
  now,
  created() {
    if (job.quitAt === 'created') process.exit(0);
    if (job.markCreated) process.cpuUsage();
  },
  evaluate() {
    script = new vm.Script(code, { filename: `${sdk}.js`, cachedData });
    script.runInThisContext();
    if (cachedData && script.cachedDataRejected) throw new Error('V8 refused its code cache');
  },
  mark(name) {
    if (job.quitAt === name) process.exit(0);
    const { user, system } = process.cpuUsage();
    if (globalThis.gc) {
      globalThis.gc();
      globalThis.gc();
    }
    return { cpuUs: user + system, heap: globalThis.gc ? process.memoryUsage().heapUsed : 0 };
  },
};

warmUp();
host.install();
// A device's console is not free either, but it is not what is measured.
for (const name of Object.keys(console)) console[name] = () => {};
const result = await drive(host, engine, steps);

if (job.codeOut) writeFileSync(job.codeOut, script.createCachedData());
if (job.storeIn) writeFileSync(job.storeIn, JSON.stringify(host.stored()));
if (decode && sdk !== 'none') {
  let plain = 0;
  let gzip = 0;
  const received = [];
  for (const request of host.requests) {
    plain += Buffer.byteLength(request.body);
    gzip += request.body ? gzipSync(request.body).length : 0;
    if (request.taken) received.push(...SDKS[sdk].events(request));
  }
  result.sent = { requests: host.requests.length, plain, gzip };
  result.received = received;
  if (sdk === 'minitrail') {
    result.reportedDrops = host.requests.filter(({ taken }) => taken).map(({ body }) => JSON.parse(body).drops);
  }
}
writeSync(1, JSON.stringify(result));
process.exit(0);
