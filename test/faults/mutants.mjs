import { bundleCore } from '../helpers/bundleCore.mjs';
import { runModel } from './commands.mjs';
import { scenarios } from './scenarios.mjs';

const QUEUE = 'src/queue/createQueue.ts';
const RECORDS = 'src/queue/createRecords.ts';
const SHELF = 'src/queue/shelf.ts';
const TEXT = 'src/queue/recordText.ts';
const READ = 'src/queue/readRecords.ts';
const SENDER = 'src/transport/createSender.ts';
const CONCLUDE = 'src/transport/conclude.ts';
const BATCHES = 'src/transport/createBatches.ts';
const POST = 'src/transport/post.ts';
const DELAY = 'src/transport/createDelay.ts';
const ANSWER = 'src/transport/answer.ts';
const CORE = 'src/createCore.ts';
const ONCE = 'src/utils/answerOnce.ts';
const LINE = 'const text = textOf(';

/** Deliberately broken cores: a name and the edits that break it. */
export const MUTANTS = {
  'status ignored': [[ANSWER, 'type: /^2/.test(`${status}`)', 'type: status']],
  'removal by position': [
    [
      CONCLUDE,
      'queue.settle(back.length ? batch.filter((entry) => !back.includes(entry)) : batch);',
      'queue.settle(queue.waiting().slice(0, batch.length - back.length));',
    ],
  ],
  '413 drops': [
    [
      CONCLUDE,
      "if (type === 'split') batches.shrink(batch.length);",
      "if (type === 'split') return queue.settle(batch, 'too_large');",
    ],
  ],
  '401 drops': [[CONCLUDE, 'delay.fail(response, status);', "queue.settle(batch, 'rejected'); delay.fail(response, status);"]],
  'poison drops the whole batch': [
    [
      CONCLUDE,
      "if (type === 'split') batches.shrink(batch.length);",
      "if (type !== 'split') return queue.settle(batch, 'rejected');",
    ],
  ],
  'gives up after 5 attempts': [
    [CONCLUDE, 'delay.fail(response);', 'delay.fail(response); if (state.wait.tries > 5) queue.settle(queue.waiting());'],
  ],
  'wait forgotten at restart': [[DELAY, 'if (left <= 0) return;', 'return;']],
  'stored wait not limited': [[DELAY, 'pause(Math.min(left, HOUR_MS));', 'pause(left);']],
  'a failed write counts as stored': [
    [RECORDS, 'else giveUp(shelf, record, group);', 'else moveIn(shelf, record, group, -1);'],
  ],
  'interrupted counts as an attempt': [
    [SENDER, 'if (response.interrupted) delay', 'if (response.interrupted && !response) delay'],
  ],
  'removes before the answer': [[SENDER, 'queue.lock(batch);', 'queue.lock(batch); queue.settle(batch);']],
  'no write at hide': [[CORE, 'pipe.queue.restore(present);\n        pipe.queue.saveNow();', '']],
  'boot not advanced': [[SHELF, '.number : 0) / LAUNCH) + 1;', '.number : 0) / LAUNCH) || 1;']],
  'sends before the launch is on record': [[SENDER, 'if (!queue.onRecord()) queue.saveNow();', '']],
  'ids not stable on retry': [
    [
      POST,
      'events: batch,',
      'events: batch.map((each) => Object.assign({}, each, { line: each.line.replace(/"id":"..../, () => `"id":"${Math.random().toString(16).slice(2, 6).padEnd(4, \'0\')}`) })),',
    ],
  ],
  'time rewritten on retry': [
    [
      POST,
      'events: batch,',
      'events: batch.map((each) => Object.assign({}, each, { line: each.line.replace(/"ts":\\d+/, `"ts":${Date.now()}`) })),',
    ],
  ],
  'Retry-After ignored': [[ANSWER, "headerOf(response, 'retry-after')", "''"]],
  'backoff does not grow': [[ANSWER, '* 2 ** (tries - 1)', '* 1']],
  'two requests in flight': [
    [SENDER, 'if (isBusy) return;\n', ''],
    [SENDER, "if (isBusy) return 'sending';", ''],
  ],
  'overflow not counted': [[QUEUE, "much), 'overflow');", 'much));']],
  'overflow evicts what is in flight': [
    [QUEUE, '!entry.durable === durable || locked.includes(entry)', '!entry.durable === durable'],
  ],
  'unbounded queue': [[QUEUE, 'if (many > 0 || much > 0) settle(', 'if (many > 1e9) settle(']],
  'corrupt record aborts the load': [
    [TEXT, 'or the host will not hand it out.\n    return undefined;', 'or the host will not hand it out.\n    throw 0;'],
  ],
  'corrupt record not counted': [[QUEUE, "drop('corrupt', missing, [record.key]);", '']],
  'copies cut by a kill are counted as lost': [
    [READ, 'return isCopy ? 0 :', 'return isCopy && !record ? 0 :'],
    [READ, 'const missingOf = (', 'const record = 1; const missingOf = ('],
  ],
  'copies loaded twice': [[READ, 'if (known.has(event.id)) continue;', '']],
  'drops cleared without an acknowledgement': [
    [
      SENDER,
      'const drops = Object.assign({}, state.drops);',
      'const drops = Object.assign({}, state.drops); state.drops = {};',
    ],
  ],
  'drops never cleared': [[CONCLUDE, 'if (!drops[reason]) delete drops[reason];', 'drops[reason] = reported[reason];']],
  'the state is not stored after drops were told': [
    [CONCLUDE, 'if (state.wait.until || Object.keys(reported).length) queue.touch();', ''],
  ],
  'old record removed before its copy is stored': [
    [
      RECORDS,
      LINE,
      'for (const { record } of group) if (record) storage.remove(record.key, nothing);\n    const text = textOf(',
    ],
  ],
  'what is gone is read again': [
    [SHELF, 'if (landed && left && isPartlyGone(record)) isDirty = true;', ''],
    [RECORDS, 'isPartlyGone(record) || (isMany', '(isMany'],
  ],
  'the record of the state keeps what is gone': [
    [SHELF, 'if (current && isPartlyGone(current) && saved === shelf.changes) {', 'if (!shelf) {'],
  ],
  'a dropped event is removed before its number is stored': [[SHELF, ' || pin > saved', '']],
  'copies and new events in one record': [[RECORDS, 'if (!record === isCopy) continue;', 'if (isCopy) continue;']],
  'a settled event frees its record twice': [[SHELF, 'if (entry.settled) continue;', '']],
  'an event gets the context before it': [
    [TEXT, "else context = value && typeof value === 'object' ? line : '';", 'else context = context || line;'],
  ],
  'written every 5 s': [[RECORDS, 'const LAG_MS = 970;', 'const LAG_MS = 5000;']],
  'durable is not': [[QUEUE, 'if (entry.durable) records.save();\n      else records.schedule();', 'records.schedule();']],
  'an outage of 5xx drops': [
    [BATCHES, 'return others && group.errors', 'return group.errors'],
    [BATCHES, '(others && isSingle)', 'isSingle'],
  ],
  'sends in the background': [[SENDER, "(isLast ? 'background' : 'idle')", "(isHidden ? 'background' : 'idle')"]],
  '10 s request at hide': [[SENDER, 'const HIDE_TIMEOUT_MS = 4000;', 'const HIDE_TIMEOUT_MS = 10_000;']],
  'a callback that never comes stops all': [
    [ONCE, 'const timer = setTimeout(() => answer(late()), ms);', 'const timer = undefined;'],
  ],
  'a late answer is taken as well': [[ONCE, 'if (!open) return;', '']],
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
