// One measured process: `node child.mjs '<job as JSON>'` runs the job's steps and prints what it saw as JSON.
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { createWechat, warmUp } from './host/wechat.mjs';
import { EVENT, SDKS } from './sdks/index.mjs';

const job = JSON.parse(process.argv[2]);
const { sdk, bundle, steps, timeCalls, decode } = job;
const stored = job.storedIn ? JSON.parse(readFileSync(job.storedIn, 'utf8')) : {};
const host = createWechat({ startAt: Date.UTC(2026, 2, 2, 2), ...job.host, stored });
const { clock, counters } = host;
const code = readFileSync(bundle, 'utf8');
/** What V8 kept of an earlier launch: the app's functions, compiled. */
const cachedData = job.codeIn && readFileSync(job.codeIn);
const now = performance.now.bind(performance);

let script;
let page;
let number = 0;
let lastTracked = 0;
const calls = [];
const marks = {};
const result = { marks };

const settle = async () => {
  for (let i = 0; i < 8; i++) await undefined;
};
// Varied as a shop's are, and the same in each run: what repeats less compresses less.
let seed = 1;
const pick = (limit) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * limit);
};
const KINDS = [
  '手冲咖啡豆',
  '挂耳咖啡',
  '冷萃咖啡液',
  '陶瓷滤杯',
  '细口手冲壶',
  '电子秤',
  '磨豆机',
  '保温随行杯',
  '牛奶',
  '可颂',
];
const ORIGINS = ['云南保山', '埃塞俄比亚', '哥伦比亚', '肯尼亚', '巴拿马', '景德镇', '东京', '上海', '自营', '限量'];
const CATEGORIES = ['coffee/beans', 'coffee/drip', 'coffee/cold', 'gear/dripper', 'gear/kettle', 'gear/grinder', 'bakery'];
const PAGES = ['home/index', 'list/index', 'search/result', 'detail/index', 'cart/index', 'me/favorites'];
const propertiesOf = () => ({
  sku: `SKU-${10_000 + pick(90_000)}`,
  title: `${ORIGINS[pick(ORIGINS.length)]}${KINDS[pick(KINDS.length)]} ${50 * (1 + pick(20))}g`,
  category: CATEGORIES[pick(CATEGORIES.length)],
  price: pick(50_000) / 100,
  quantity: 1 + pick(5),
  in_stock: pick(10) > 0,
  from_page: `pages/${PAGES[pick(PAGES.length)]}`,
  number: number++,
});
const guarded = (run, ...args) => {
  try {
    return run(...args);
  } catch (error) {
    clock.exceptions.push(String(error));
  }
};

const STEPS = {
  /** Evaluates the app's bundle, launches it and shows its first page. */
  async launch() {
    const begin = now();
    guarded(() => {
      script = new vm.Script(code, { filename: `${sdk}.js`, cachedData });
      script.runInThisContext();
    });
    if (cachedData && script.cachedDataRejected) throw new Error('V8 refused its code cache');
    host.launch();
    await settle();
    clock.advance(20);
    await settle();
    page = host.open();
    result.launchMs = now() - begin;
  },
  /** Virtual time passes, in slices, so that promises are kept in between. */
  async run(ms) {
    for (let left = ms; left > 0; left -= 500) {
      clock.advance(Math.min(500, left));
      await undefined;
    }
  },
  /** `count` events, one every `everyMs`. */
  async track(count, everyMs) {
    const { track } = globalThis.bench;
    for (let i = 0; i < count; i++) {
      const properties = propertiesOf();
      const begin = timeCalls ? now() : 0;
      guarded(track, EVENT, properties);
      if (timeCalls) calls.push((now() - begin) * 1000);
      lastTracked = clock.now();
      clock.advance(everyMs);
      await undefined;
    }
  },
  async tap(count, everyMs) {
    for (let i = 0; i < count; i++) {
      const element = { id: 'buy', dataset: { sku: 'SKU-1001', amount: 1 }, offsetLeft: 12, offsetTop: 1340 };
      const touch = { identifier: 0, clientX: 200, clientY: 400, pageX: 200, pageY: 1400 };
      const event = {
        type: 'tap',
        timeStamp: 1000 + i * everyMs,
        target: element,
        currentTarget: element,
        detail: { x: 200, y: 1400 },
        touches: [],
        changedTouches: [touch],
      };
      const begin = now();
      page.onAdd(event);
      calls.push((now() - begin) * 1000);
      clock.advance(everyMs);
      await undefined;
    }
  },
  /** A method of the page, called by code in a tight loop: nanoseconds per call, a figure for each of the rounds. */
  async method(rounds, callsPerRound) {
    let sum = 0;
    for (let round = 0; round < rounds; round++) {
      const begin = now();
      for (let i = 0; i < callsPerRound; i++) sum += page.add(1);
      calls.push(((now() - begin) * 1e6) / callsPerRound);
    }
    result.sum = sum;
  },
  answer(mode) {
    host.setAnswer(mode);
  },
  refuseStorage(refuse) {
    host.refuseStorage = refuse;
  },
  hide: () => host.hide(),
  show: () => host.show(),
  /** Until a request is on its way, at most `maxMs`. */
  async untilRequest(maxMs) {
    const before = counters.requests;
    for (let at = 0; at < maxMs && counters.requests === before; at++) clock.advance(1);
    result.requestStarted = counters.requests > before;
  },
  mark(name) {
    const { user, system } = process.cpuUsage();
    if (globalThis.gc) {
      globalThis.gc();
      globalThis.gc();
    }
    marks[name] = {
      ...counters,
      cpuUs: user + system,
      heap: globalThis.gc ? process.memoryUsage().heapUsed : 0,
      longestTurnMs: clock.longestTurn,
    };
  },
  timeTurns() {
    clock.timeTurns = true;
  },
  clearCalls() {
    calls.length = 0;
  },
};

warmUp();
host.install();
// A device's console is not free either, but it is not what is measured.
for (const name of Object.keys(console)) console[name] = () => {};
for (const [name, ...args] of steps) await STEPS[name](...args);

const sorted = calls.slice().sort((a, b) => a - b);
const quantile = (q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
if (sorted.length) Object.assign(result, { callMedian: quantile(0.5), callLowest: sorted[0] });
Object.assign(result, {
  exceptions: clock.exceptions.length,
  firstException: clock.exceptions[0],
  tracked: number,
  counters,
  now: clock.now(),
  lastTracked,
});
const { stats } = globalThis.bench || {};
if (stats) result.stats = stats();
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
