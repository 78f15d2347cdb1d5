// One measured process of JavaScriptCore's shell: `jsc driver.js -- <the job as JSON>`, where `driver.js` is this, bundled.
import { drive } from './host/drive.mjs';
import { createWechat, warmUp } from './host/wechat.mjs';

// The shell's, kept before the host's virtual clock takes the names.
const { preciseTime, print, readFile, loadString, quit } = globalThis;
const job = JSON.parse(globalThis.arguments[0]);
const silent = () => {};
// WeChat has both.
globalThis.global = globalThis;
globalThis.console = { log: silent, info: silent, warn: silent, error: silent, debug: silent };

const code = readFile(job.bundle);
const engine = {
  now: () => preciseTime() * 1000,
  created: () => job.quitAt === 'created' && quit(),
  evaluate: () => loadString(code),
  mark: (name) => (job.quitAt === name ? quit() : {}),
};

warmUp({ lean: true });
const host = createWechat({ startAt: Date.UTC(2026, 2, 2, 2), ...job.host, lean: true });
host.install();
drive(host, engine, job.steps).then(
  (result) => print(JSON.stringify(result)),
  (error) => print(JSON.stringify({ failed: `${error}\n${error.stack}` })),
);
