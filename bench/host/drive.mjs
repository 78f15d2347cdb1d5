import { createProperties, EVENT, tapEvent } from './events.mjs';

const settle = async () => {
  for (let i = 0; i < 8; i++) await undefined;
};

/** From the app's bundle to its first page. */
const createLaunchSteps = ({ host, engine, seen, guarded, run }) => {
  const { now } = engine;
  let launchedAt = 0;
  return {
    /** Evaluates the app's bundle, launches it and shows its first page. */
    async launch() {
      globalThis.bench = {
        created() {
          seen.times.created = now() - launchedAt;
          engine.created();
        },
      };
      launchedAt = now();
      guarded(engine.evaluate);
      host.launch();
      await settle();
      host.clock.advance(20);
      await settle();
      seen.page = host.open();
      seen.times.shown = now() - launchedAt;
    },
    /** The 100 ms after the first page. */
    async afterLaunch() {
      await run(100);
      seen.times.cold = now() - launchedAt;
    },
  };
};

/** What the visitor and the app do; with a `name`, timed under it. */
const createVisitSteps = ({ host, engine, seen, guarded, properties }) => {
  const { now } = engine;
  const { clock } = host;
  let calls = [];
  /** One every `everyMs`; made beforehand, so that making them is not timed. */
  const each = async (list, everyMs, name, act) => {
    const begun = now();
    for (const one of list) {
      const begin = now();
      act(one);
      calls.push((now() - begin) * 1000);
      seen.lastTracked = clock.now();
      clock.advance(everyMs);
      await undefined;
    }
    if (name) seen.spent[name] = ((now() - begun) * 1000) / list.length;
    else calls = [];
  };
  return {
    async track(count, everyMs, name) {
      const { track } = globalThis.bench;
      await each(Array.from({ length: count }, properties.next), everyMs, name, (one) => guarded(track, EVENT, one));
    },
    async tap(count, everyMs, name) {
      const events = Array.from({ length: count }, (_, index) => tapEvent(1000 + index * everyMs));
      await each(events, everyMs, name, (one) => seen.page.onAdd(one));
    },
    /** Ends a list of calls: their mean, as some SDKs send from within a call now and then. */
    calls(name) {
      seen.spent[name] = calls.reduce((sum, one) => sum + one, 0) / calls.length;
      calls = [];
    },
    /** A method of the page, called by code in a tight loop: nanoseconds per call, a figure for each of the rounds. */
    async method(count, callsPerRound) {
      let sum = 0;
      for (let round = 0; round < count; round++) {
        const begin = now();
        for (let i = 0; i < callsPerRound; i++) sum += seen.page.add(1);
        seen.rounds.push(((now() - begin) * 1e6) / callsPerRound);
      }
      return sum;
    },
  };
};

/** What the host does to the app, and what is noted on the way. */
const createHostSteps = ({ host, engine, seen, run }) => ({
  run,
  answer: (mode) => host.setAnswer(mode),
  refuseStorage(refuse) {
    host.refuseStorage = refuse;
  },
  hide: () => host.hide(),
  show: () => host.show(),
  /** Until a request is on its way, at most `maxMs`. */
  async untilRequest(maxMs) {
    const before = host.counters.requests;
    for (let at = 0; at < maxMs && host.counters.requests === before; at++) host.clock.advance(1);
    seen.requestStarted = host.counters.requests > before;
  },
  mark(name) {
    seen.marks[name] = { ...host.counters, longestTurnMs: host.clock.longestTurn, ...engine.mark(name) };
  },
  timeTurns() {
    host.clock.timeTurns = true;
  },
});

/**
 * Runs the steps of a job on a host, in any engine: `engine` has a clock (`now`, in milliseconds), can `evaluate` the
 * app's bundle, and may `mark` what else it can count (`created`: in the middle of the bundle, before the app's own code).
 *
 * What it times: `times` of the launch (each since its begin: `created`, before the app's own code; `shown`, the first
 * page; `cold`, the 100 ms of the host's time after that included), `rounds` (a plain method: nanoseconds per call, round
 * by round) and `spent` (microseconds per event, all that follows included, by the name of the step, or the calls alone).
 */
export const drive = async (host, engine, steps) => {
  const { clock, counters } = host;
  const properties = createProperties();
  const seen = { marks: {}, times: {}, spent: {}, rounds: [], page: undefined, lastTracked: 0, requestStarted: undefined };
  const guarded = (act, ...args) => {
    try {
      return act(...args);
    } catch (error) {
      clock.exceptions.push(String(error));
    }
  };
  /** Virtual time passes, in slices, so that promises are kept in between. */
  const run = async (ms) => {
    for (let left = ms; left > 0; left -= 500) {
      clock.advance(Math.min(500, left));
      await undefined;
    }
  };
  const world = { host, engine, seen, guarded, run, properties };
  const act = { ...createLaunchSteps(world), ...createVisitSteps(world), ...createHostSteps(world) };

  for (const [step, ...args] of steps) await act[step](...args);
  const { page: _, ...measured } = seen;
  return {
    ...measured,
    exceptions: clock.exceptions.length,
    firstException: clock.exceptions[0],
    tracked: properties.count(),
    counters,
    now: clock.now(),
    stats: globalThis.bench && globalThis.bench.stats && globalThis.bench.stats(),
  };
};
