import { bundleCore } from '../helpers/bundleCore.mjs';
import { runModel } from './commands.mjs';
import { scenarios } from './scenarios.mjs';

const QUEUE = 'src/queue/createQueue.ts';
const SENDER = 'src/transport/sender.ts';
const ANSWER = 'src/transport/answer.ts';
const TRACKER = 'src/createTracker.ts';

/** Deliberately broken cores: a name and the edits that break it. */
export const MUTANTS = {
  'status ignored': [[ANSWER, 'type: /^2/.test(`${status}`)', 'type: status']],
  'removal by position': [
    [
      SENDER,
      'queue.settle(entries.filter((entry) => !back.includes(entry)));',
      'queue.settle(queue.entries.slice(0, ids.length - back.length));',
    ],
  ],
  '413 drops': [
    [
      SENDER,
      "part(type === 'split' ? 'too_large' : 'rejected');",
      "if (type === 'split') queue.settle(entries, 'too_large'); else part('rejected');",
    ],
  ],
  '401 drops': [[SENDER, 'return fail(response, true);', "queue.settle(entries, 'rejected'); return fail(response, true);"]],
  'poison drops the whole batch': [
    [
      SENDER,
      "part(type === 'split' ? 'too_large' : 'rejected');",
      "if (type === 'split') part('too_large'); else queue.settle(entries, 'rejected');",
    ],
  ],
  'gives up after 5 attempts': [
    [
      SENDER,
      'const ms = delayMs(tries, blocked, response);',
      'const ms = delayMs(tries, blocked, response); if (tries > 5) queue.settle(queue.entries);',
    ],
  ],
  'wait forgotten at restart': [[SENDER, 'if (left > 0) wait(', 'if (left > 1e15) wait(']],
  'stored wait not limited': [[SENDER, 'Math.min(left, HOUR_MS)', 'left']],
  'write failure evicts': [[QUEUE, 'if (ok) entry.stored = record;', 'if (ok) entry.stored = record; else settle([entry]);']],
  'interrupted counts as an attempt': [[SENDER, 'if (response.interrupted) {', 'if (response.interrupted && !response) {']],
  'removes before the answer': [[SENDER, 'queue.locked = entries;', 'queue.locked = entries; queue.settle(entries);']],
  'no write at hide': [
    [TRACKER, 'hiddenAt = Date.now();\n      for (const pipe of pipes) pipe.queue.saveNow();', 'hiddenAt = Date.now();'],
  ],
  'boot not advanced': [[QUEUE, '.number / LAUNCH) + 1;', '.number / LAUNCH) || 1;']],
  'sends before the launch is on record': [[QUEUE, 'if (loaded && onRecord)', 'if (loaded)']],
  'ids not stable on retry': [
    [
      SENDER,
      'events: entries,',
      'events: entries.map((each) => Object.assign({}, each, { line: each.line.replace(/"id":"..../, () => `"id":"${Math.random().toString(16).slice(2, 6).padEnd(4, \'0\')}`) })),',
    ],
  ],
  'time rewritten on retry': [
    [
      SENDER,
      'events: entries,',
      'events: entries.map((each) => Object.assign({}, each, { line: each.line.replace(/"ts":\\d+/, `"ts":${sentAt}`) })),',
    ],
  ],
  'Retry-After ignored': [[ANSWER, "headerOf(response, 'retry-after')", "''"]],
  'backoff does not grow': [[ANSWER, '* 2 ** (tries - 1)', '* 1']],
  'two requests in flight': [
    [SENDER, 'if (current || preparing) return;', 'if (preparing) return;'],
    [SENDER, ': current || preparing', ': preparing'],
  ],
  'overflow not counted': [[QUEUE, "settle(victims, 'overflow')", 'settle(victims)']],
  'overflow evicts what is in flight': [
    [QUEUE, '!entry.durable === durable || queue.locked.includes(entry)', '!entry.durable === durable'],
  ],
  'unbounded queue': [[QUEUE, 'if (left <= limits.maxEvents && size <= limits.maxBytes) break;', 'break;']],
  'corrupt record aborts the load': [
    [QUEUE, 'or the host will not hand it out.\n    return undefined;', 'or the host will not hand it out.\n    throw 0;'],
  ],
  'corrupt record not counted': [[QUEUE, 'if (lost > 0) {', 'if (lost > 1e9) {']],
  'copies cut by a kill are counted as lost': [[QUEUE, 'const lost = missing - originals;', 'const lost = missing;']],
  'copies loaded twice': [[QUEUE, 'if (known.has(id)) continue;', '']],
  'drops cleared without an acknowledgement': [
    [
      SENDER,
      'const drops = Object.assign({}, state.drops);',
      'const drops = Object.assign({}, state.drops); state.drops = {};',
    ],
  ],
  'drops never cleared': [
    [SENDER, 'if (!state.drops[reason]) delete state.drops[reason];', 'state.drops[reason] = reported[reason];'],
  ],
  'old record removed before the new one is stored': [
    [
      QUEUE,
      'const text = lines.join',
      'for (const each of replaced) storage.remove(each.key, () => {}); const text = lines.join',
    ],
  ],
  'removed records are read again': [[QUEUE, "state.gone[number] = note as DeviceState['gone'][number];", ';']],
  'a context goes with the events of its record': [[QUEUE, 'for (const each of needs) needed.add(each);', ';']],
  'names a context that is about to go': [[QUEUE, 'if (state.gone[home.record.number] === 0) homes.delete(each);', ';']],
  'written every 5 s': [[QUEUE, 'const PERSIST_LAG_MS = 970;', 'const PERSIST_LAG_MS = 5000;']],
  'durable is not': [[QUEUE, 'if (entry.durable) queue.saveNow();\n      else schedule(0);', 'schedule(0);']],
  'an outage of 5xx drops': [
    [SENDER, '(others && ids.length === 1)', 'ids.length === 1'],
    [SENDER, 'if (others && (ids.length > 1', 'if ((ids.length > 1'],
  ],
  'sends in the background': [
    [SENDER, "(hiding && background ? 'background' : 'idle')", "(background ? 'background' : 'idle')"],
  ],
  '10 s request at hide': [[SENDER, 'const HIDE_TIMEOUT_MS = 4000;', 'const HIDE_TIMEOUT_MS = 10_000;']],
};

const TESTS = ['f3', 'f13', 'f9', 'f4', 'f10', 'f6', 'f7', 'f5', 'audit'];

/** What catches a mutant: the random sequences first, then the targeted tests, cheapest first. */
export const catchMutant = async (name, { runs = 1500, seed = 1, tests = TESTS } = {}) => {
  const core = await bundleCore(MUTANTS[name]);
  const { failure, sequences } = runModel(core, { runs, seed, shrink: false });
  if (failure) return { name, by: 'F1', sequences, property: failure.split('\n')[0] };
  for (const test of tests) {
    const bad = scenarios[test](core, { every: 20 }).find(({ ok }) => !ok);
    if (bad) return { name, by: bad.test.split(' ')[0], sequences, property: bad.figure };
  }
  return { name, sequences };
};
