import { bundleCore } from '../helpers/bundleCore.mjs';
import { runModel } from './commands.mjs';
import { scenarios } from './scenarios.mjs';

const QUEUE = 'src/queue/createQueue.ts';
const RECORDS = 'src/queue/createRecords.ts';
const PACE = 'src/queue/createPace.ts';
const TEXT = 'src/queue/recordText.ts';
const READ = 'src/queue/readRecords.ts';
const SENDER = 'src/transport/createSender.ts';
const ANSWERS = 'src/transport/createAnswers.ts';
const BATCHES = 'src/transport/createBatches.ts';
const ANSWER = 'src/transport/answer.ts';
const CORE = 'src/createCore.ts';
const ONCE = 'src/utils/answerOnce.ts';
const LINE = 'const isOurs = ';

/** Deliberately broken cores: a name and the edits that break it. */
export const MUTANTS = {
  'status ignored': [[ANSWER, 'type: /^2/.test(`${status}`)', 'type: status']],
  'removal by position': [[ANSWERS, 'queue.settle(taken);', 'queue.settle(queue.entries.slice(0, taken.length));']],
  '413 drops': [
    [
      ANSWERS,
      "else if (type !== 'again') batches",
      "else if (type === 'split') queue.settle(batch, 'too_large'); else if (type !== 'again') batches",
    ],
  ],
  '401 drops': [[ANSWERS, 'fail(response, status);', "{ queue.settle(batch, 'rejected'); fail(response, status); }"]],
  'poison drops the whole batch': [
    [
      ANSWERS,
      "else if (type !== 'again') batches",
      "else if (type === 'invalid') queue.settle(batch, 'rejected'); else if (type !== 'again') batches",
    ],
  ],
  'gives up after 5 attempts': [
    [ANSWERS, ' fail(response);', ' fail(response); if (state.wait.tries > 5) queue.settle(queue.entries);'],
  ],
  'wait forgotten at restart': [[ANSWERS, 'isHeld() ? 0 : until - Date.now();', '0;']],
  'stored wait not limited': [[ANSWERS, 'pause(Math.min(left, HOUR_MS));', 'pause(left);']],
  'a failed write counts as stored': [[RECORDS, 'if (!isOurs()) return;\n', 'if (!isOurs()) return;\n ok = true;']],
  'interrupted counts as an attempt': [
    [ANSWERS, 'if (response.interrupted) return', 'if (response.interrupted && !response) return'],
  ],
  'removes before the answer': [[SENDER, 'queue.lock(batch);', 'queue.lock(batch); queue.settle(batch);']],
  'no write at hide': [[CORE, 'queue.restore(present);', '']],
  'boot not advanced': [[RECORDS, '/ LAUNCH : 0) + 1;', '/ LAUNCH : 0) || 1;']],
  'sends before the launch is on record': [[SENDER, 'queue.putOnRecord();', '']],
  'ids not stable on retry': [
    [
      SENDER,
      'events: batch,',
      'events: batch.map((each) => Object.assign({}, each, { line: each.line.replace(/"id":"..../, () => `"id":"${Math.random().toString(16).slice(2, 6).padEnd(4, \'0\')}`) })),',
    ],
  ],
  'time rewritten on retry': [
    [
      SENDER,
      'events: batch,',
      'events: batch.map((each) => Object.assign({}, each, { line: each.line.replace(/"ts":\\d+/, `"ts":${Date.now()}`) })),',
    ],
  ],
  'Retry-After ignored': [[ANSWERS, "headerOf(response, 'retry-after')", "''"]],
  'flush() in spite of Retry-After': [[SENDER, 'if (!state.wait.asked) ', '']],
  'backoff does not grow': [[ANSWER, '500 * 2 ** tries', '1000']],
  'two requests in flight': [
    [SENDER, 'if (counts.inFlight) return;\n', ''],
    [SENDER, "if (counts.inFlight) return 'sending';", ''],
  ],
  'overflow not counted': [[QUEUE, "settle([victim], 'overflow');", 'settle([victim]);']],
  'overflow evicts what is in flight': [[QUEUE, '!locked.includes(entry)', '!!entry']],
  'unbounded queue': [
    [QUEUE, 'while (entries.length > limits.maxEvents || bytes > limits.maxBytes) {', 'while (bytes > 1e9) {'],
  ],
  'corrupt record aborts the load': [[TEXT, 'const value = attempt(() => JSON.parse(line))', 'const value = JSON.parse(line)']],
  'corrupt record not counted': [[QUEUE, "drop('corrupt', unread, [key], 'recovered');", '']],
  'copies cut by a kill are counted as lost': [[READ, 'record.unread = 0;', '']],
  'copies loaded twice': [[READ, 'if (known.has(event.id))', 'if (!known)']],
  'drops cleared without an acknowledgement': [
    [
      SENDER,
      'const drops = Object.assign({}, state.drops);',
      'const drops = Object.assign({}, state.drops); state.drops = {};',
    ],
  ],
  'drops never cleared': [
    [ANSWERS, 'if (!state.drops[reason]) delete state.drops[reason];', 'state.drops[reason] = reported[reason] as number;'],
  ],
  'the state is not stored after a drop': [[QUEUE, 'records.touch();\n    onDrop', 'onDrop']],
  'old record removed before its copy is stored': [
    [RECORDS, LINE, `for (const { source } of group) if (source) storage.remove(source.key, nothing);\n    ${LINE}`],
  ],
  'what is gone is read again': [[RECORDS, '(record.isLoose || (isMany', '((isMany']],
  'the record of the state keeps what is gone': [[RECORDS, 'if (list.length) touch();', 'if (list.length) pace.soon();']],
  'a dropped event is removed before its number is stored': [[RECORDS, 'record.pin > saved ||', '']],
  'copies and new events in one record': [[RECORDS, 'return [copies, fresh];', 'return [copies.concat(fresh)];']],
  'a settled event frees its record twice': [
    [RECORDS, 'if (ok || entry.settled) loosen(', 'loosen('],
    [RECORDS, 'else entry.record = entry.source;', 'if (!ok) entry.record = entry.source;'],
  ],
  'an event gets the context before it': [[TEXT, "else context = value ? line : '';", 'else context = context || line;']],
  'written every 5 s': [[PACE, 'const LAG_MS = 970;', 'const LAG_MS = 5000;']],
  'durable is not': [[QUEUE, 'if (durable) records.save();\n      else records.soon();', 'records.soon();']],
  'an outage of 5xx drops': [
    [BATCHES, 'if (others && group.errors', 'if (group.errors'],
    [BATCHES, '(others && strikes)', 'strikes'],
  ],
  'sends in the background': [[SENDER, "(isLast ? 'background' : 'idle')", "(isHidden ? 'background' : 'idle')"]],
  '10 s request at hide': [[SENDER, 'const HIDE_TIMEOUT_MS = 4000;', 'const HIDE_TIMEOUT_MS = 10_000;']],
  'a callback that never comes stops all': [[ONCE, 'let timer = setTimeout(() => answer(late()), ms);', 'let timer = 1;']],
  'a late answer is taken as well': [[ONCE, 'if (!timer) return;', '']],
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
