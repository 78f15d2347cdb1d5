import { createProperties, EVENT, tapEvent } from './events.mjs';

/**
 * Runs the steps of a job on a host, in any engine: `engine` has a clock (`now`, in milliseconds), can `evaluate` the
 * app's bundle, and may `mark` what else it can count (`created`: in the middle of the bundle, before the app's own code).
 *
 * What it times: `times` of the launch (each since its begin: `created`, before the app's own code; `shown`, the first
 * page; `cold`, the 100 ms of the host's time after that included), `calls` (microseconds, each call of `track` or of a
 * tapped handler), `rounds` (a plain method: nanoseconds per call, round by round) and `spent` (microseconds per event,
 * all that follows included, by the name of the step).
 */
export const drive = async (host, engine, steps) => {
  const { clock, counters } = host;
  const { now } = engine;
  const properties = createProperties();
  const marks = {};
  const times = {};
  const spent = {};
  let calls = [];
  let launchedAt = 0;
  let page;
  let lastTracked = 0;
  let requestStarted;
  const rounds = [];

  const settle = async () => {
    for (let i = 0; i < 8; i++) await undefined;
  };
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
      globalThis.bench = {
        created() {
          times.created = now() - launchedAt;
          engine.created();
        },
      };
      launchedAt = now();
      guarded(engine.evaluate);
      host.launch();
      await settle();
      clock.advance(20);
      await settle();
      page = host.open();
      times.shown = now() - launchedAt;
    },
    /** The 100 ms after the first page. */
    async afterLaunch() {
      await STEPS.run(100);
      times.cold = now() - launchedAt;
    },
    /** Virtual time passes, in slices, so that promises are kept in between. */
    async run(ms) {
      for (let left = ms; left > 0; left -= 500) {
        clock.advance(Math.min(500, left));
        await undefined;
      }
    },
    /** `count` events, one every `everyMs`; with a `name`, timed. */
    async track(count, everyMs, name) {
      const { track } = globalThis.bench;
      const list = [];
      for (let i = 0; i < count; i++) list.push(properties.next());
      const begun = now();
      for (const each of list) {
        const begin = name ? now() : 0;
        guarded(track, EVENT, each);
        if (name) calls.push((now() - begin) * 1000);
        lastTracked = clock.now();
        clock.advance(everyMs);
        await undefined;
      }
      if (name) spent[name] = ((now() - begun) * 1000) / count;
    },
    async tap(count, everyMs, name) {
      const list = [];
      for (let i = 0; i < count; i++) list.push(tapEvent(1000 + i * everyMs));
      const begun = now();
      for (const each of list) {
        const begin = now();
        page.onAdd(each);
        calls.push((now() - begin) * 1000);
        clock.advance(everyMs);
        await undefined;
      }
      if (name) spent[name] = ((now() - begun) * 1000) / count;
    },
    /** A method of the page, called by code in a tight loop: nanoseconds per call, a figure for each of the rounds. */
    async method(count, callsPerRound) {
      let sum = 0;
      for (let round = 0; round < count; round++) {
        const begin = now();
        for (let i = 0; i < callsPerRound; i++) sum += page.add(1);
        rounds.push(((now() - begin) * 1e6) / callsPerRound);
      }
      return sum;
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
      requestStarted = counters.requests > before;
    },
    mark(name) {
      marks[name] = { ...counters, longestTurnMs: clock.longestTurn, ...engine.mark() };
    },
    timeTurns() {
      clock.timeTurns = true;
    },
    /** Ends a list of calls: their mean, as some SDKs send from within a call now and then. */
    calls(name) {
      spent[name] = calls.reduce((sum, each) => sum + each, 0) / calls.length;
      calls = [];
    },
  };

  for (const [step, ...args] of steps) await STEPS[step](...args);
  return {
    marks,
    times,
    spent,
    rounds,
    requestStarted,
    exceptions: clock.exceptions.length,
    firstException: clock.exceptions[0],
    tracked: properties.count(),
    lastTracked,
    counters,
    now: clock.now(),
    stats: globalThis.bench && globalThis.bench.stats && globalThis.bench.stats(),
  };
};
