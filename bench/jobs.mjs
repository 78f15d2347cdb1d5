// What is done to every SDK alike: lists of steps for `child.mjs`.

const LEAVE = [['hide'], ['run', 5000]];
/** Until everything that can go out has gone out, and the visitor leaves. */
const DELIVER = [['run', 30_000], ...LEAVE];

export const coldStart = [['launch'], ['afterLaunch']];
/** With the processor's time on each side. */
export const coldStartTimed = [['mark', 'begin'], ...coldStart, ['mark', 'end']];
const coldStartMarked = [['launch'], ['mark', 'shown'], ['afterLaunch'], ['mark', 'cold']];
/** What instructions are counted of, between marks. The last two go on where `settled` is in the first. */
export const counted = {
  events: {
    markCreated: true,
    steps: [...coldStartMarked, ['run', 5000], ['mark', 'settled'], ['track', 100, 500], ['mark', 'first']],
  },
  burst: { steps: [...coldStart, ['run', 5000], ['track', 100, 0], ['mark', 'burst']] },
  taps: { steps: [...coldStart, ['run', 5000], ['tap', 100, 500], ['mark', 'taps']] },
};
/** A visit with its events: the first ones, those that V8 compiles on, those after; then taps. */
export const visit = [
  ...coldStart,
  ['run', 5000],
  ['track', 200, 500, 'first'],
  ['calls', 'firstCall'],
  ['track', 800, 500],
  ['track', 1000, 500, 'later'],
  ['calls', 'laterCall'],
  ['tap', 200, 500],
  ['tap', 500, 500, 'tap'],
  ['calls', 'tapCall'],
];
export const shortVisit = [...coldStart, ...DELIVER];
export const eventsAt = (count, everyMs) => [
  ...coldStart,
  ['mark', 'before'],
  ['track', count, everyMs],
  ['run', 30_000],
  ['mark', 'delivered'],
  ...LEAVE,
  ['mark', 'after'],
];
export const method = [...coldStart, ['method', 20, 50_000]];
export const taps = [...coldStart, ['tap', 2000, 500], ...DELIVER];

export const heap = [
  ...coldStart,
  // What is compiled and cached on the way is not growth.
  ['track', 1000, 500],
  ['run', 30_000],
  ['mark', 'warm'],
  ['track', 1000, 500],
  ['run', 30_000],
  ['mark', 'delivered'],
  ['answer', 'offline'],
  ['track', 500, 100],
  ['run', 10_000],
  ['mark', 'waiting'],
];

export const relaunch = [
  ['timeTurns'],
  ...coldStart,
  ['mark', 'shown'],
  ['run', 10_000],
  ['mark', 'loaded'],
  ['run', 600_000],
  ...LEAVE,
];

const goOffline = [...coldStart, ['run', 5000], ['answer', 'offline']];
/** The queue is full after the first of them; the calls for those after are timed. */
export const fill = (full, timed) => [...goOffline, ['track', full, 100], ['track', timed, 100, 'full'], ['calls', 'fullCall']];
export const storeOffline = (count) => [...goOffline, ['track', count, 100], ['run', 5000], ...LEAVE];
export const longOffline = (count) => [
  ...goOffline,
  ['track', count, 100],
  ['mark', 'full'],
  ['answer', 'ok'],
  ['run', 600_000],
  ...LEAVE,
];
export const nextVisit = [...coldStart, ['run', 600_000], ...LEAVE];

const EVENTS = 20;
const settled = [...coldStart, ['run', 5000]];
const healed = [['answer', 'ok'], ['run', 180_000], ...LEAVE];
const during = (answer) => [[...settled, ['answer', answer], ['track', EVENTS, 1000], ['run', 5000], ...healed]];
const relaunched = [...coldStart, ['run', 180_000], ...LEAVE];

/** Each fault: the launches of one device, one list of steps each; storage outlives them. */
export const FAULTS = {
  'HTTP 500 for 64 s': [[...settled, ['answer', 'http500'], ['track', EVENTS, 3200], ...healed]],
  'offline for 64 s': [[...settled, ['answer', 'offline'], ['track', EVENTS, 3200], ...healed]],
  'offline, killed 2 s after the last event': [
    [...settled, ['answer', 'offline'], ['track', EVENTS, 1000], ['run', 1000]],
    relaunched,
  ],
  'offline, an event each 5 s, killed 0.1 s after the last': [
    [...settled, ['answer', 'offline'], ['track', EVENTS - 1, 5000], ['track', 1, 100]],
    relaunched,
  ],
  'killed with a request in flight': [[...settled, ['track', EVENTS, 1000], ['untilRequest', 60_000], ['run', 5]], relaunched],
  'hidden, and killed 5 ms later': [[...settled, ['track', EVENTS, 1000], ['hide'], ['run', 5]], relaunched],
  'answers lost for 25 s': during('lost'),
  'storage refuses every write': [[['refuseStorage', true], ...settled, ['track', EVENTS, 1000], ['run', 180_000], ...LEAVE]],
  'no answer for 25 s, ended by the host': during('timeout'),
  'no answer for 25 s, no callback ever': during('silent'),
};
export const FAULT_EVENTS = EVENTS;
