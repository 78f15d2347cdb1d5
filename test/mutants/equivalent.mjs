/** Changes that were looked at and change nothing: what stood there, what stands there instead, and why that is the same. */
export const EQUIVALENT = [
  // The match as a whole, in the place 0 of a list of which only later places are read.
  ...['src/formats/clickhouse.ts', 'src/formats/otlp.ts', 'src/formats/shared/logs.ts'].map((file) => ({
    file,
    original: '[]',
    replacement: '["Stryker was here"]',
  })),
  // A function that ends without an answer answers `undefined`, which is as good as `false`.
  ...[
    ['src/compress/gzip.ts', '// An engine without typed arrays: the body goes as it is.'],
    [
      'src/instrument/wrapFunctions.ts',
      "// An accessor of the app's own object threw: not an event, and the app meets it when it looks itself.",
      'false',
    ],
    ['src/formats/jsonAnswers.ts', '// Any 2xx acknowledges the batch; the lists are an offer.'],
  ].map(([file, why, answer = 'undefined']) => ({
    file,
    original: `{\n    ${why}\n    return ${answer};\n  }`,
    replacement: '{}',
  })),
  // `split` always gives a first part.
  { file: 'adapters/shared/contextOf.ts', original: "''", replacement: '"Stryker was here!"' },
  // What is told of a refusal that was thrown is read by none.
  { file: 'adapters/shared/createAdapter.ts', original: '{ errMsg }', replacement: '{}' },
  // Whether it is 0.
  { file: 'src/formats/otlp.ts', original: '+count', replacement: '-count' },
  // A list of names or of texts, where no app has this one.
  ...['src/plugins/manualPages.ts', 'src/plugins/mirror.ts', 'src/sources/readEntry.ts'].map((file) => ({
    file,
    original: '[]',
    replacement: '["Stryker was here"]',
  })),
  // Times of the steps before the first, which none that counts is reached from.
  { file: 'src/plugins/trigger.ts', original: '[]', replacement: '["Stryker was here"]' },
  // The same text stands in all keys of a rule, and is not read.
  { file: 'src/plugins/trigger.ts', original: "''", replacement: '"Stryker was here!"' },
  // A number that equals what it is set to.
  { file: 'src/plugins/trigger.ts', original: '(fired[own] as number) > now', replacement: 'fired[own] as number >= now' },
  // One visitor in 2 ** 32 has a hash that is the share, or 0.
  { file: 'src/plugins/trigger.ts', original: 'lot < (holdout as number)', replacement: 'lot <= (holdout as number)' },
  {
    file: 'src/plugins/experiment.ts',
    original: '(rest -= weightOf(variant)) < 0',
    replacement: '(rest -= weightOf(variant)) <= 0',
  },
  // Nobody draws a weight of 0: it takes nothing off the rest.
  { file: 'src/plugins/experiment.ts', original: 'weightOf(variant) > 0', replacement: 'weightOf(variant) >= 0' },
  // Keys that differ from each other, whichever way they are counted.
  { file: 'src/plugins/performance.ts', original: 'asked++', replacement: 'asked--' },
  // The rules are read anew at each event, with the same result.
  { file: 'src/plugins/remoteRules.ts', original: 'used !== now', replacement: 'true' },
  // JSON leaves `undefined` out.
  { file: 'src/plugins/timers.ts', original: 'duration_ms === undefined', replacement: 'false' },
  // No other note is a list.
  { file: 'src/debug.ts', original: "what === 'rules'", replacement: 'true' },
  ...[
    ['[]', '["Stryker was here"]'],
    ["''", '"Stryker was here!"'],
  ].map(([original, replacement]) => ({ file: 'src/plugins/tap.ts', original, replacement })),
  // What no token has matched has no sum.
  ...[
    ['[]', '["Stryker was here"]'],
    ["''", '"Stryker was here!"'],
  ].map(([original, replacement]) => ({ file: 'src/share/token.ts', original, replacement })),
  // The long way, which finds nothing to change.
  { file: 'src/capture/snapshot.ts', original: "'\\\\u'", replacement: '""' },
  // For one millisecond longer.
  { file: 'src/share/createOpens.ts', original: 'left > 0', replacement: 'left >= 0' },
  // Of names that only have to differ, and of lists that are emptied before they are filled.
  ...[
    ["''", '"Stryker was here!"'],
    ['[]', '["Stryker was here"]'],
    ["'appHide'", '""'],
    ["'listener'", '""'],
  ].map(([original, replacement]) => ({ file: 'src/instrument/createHost.ts', original, replacement })),
  ...[
    ['[]', '["Stryker was here"]'],
    ["'App'", '""'],
  ].map(([original, replacement]) => ({ file: 'src/instrument/wrapOptions.ts', original, replacement })),
  // It matches at the start of any text.
  { file: 'src/share/putQuery.ts', original: '/^([^?#]*)\\??([^#]*)/', replacement: '/([^?#]*)\\??([^#]*)/' },
  // While no page is open nothing is remembered, so that a second look finds nothing.
  { file: 'src/plugins/pageLeave.ts', original: 'recovered', replacement: 'false' },
  { file: 'src/plugins/pageLeave.ts', original: 'true', replacement: 'false' },
  // The first page is not the one before it.
  { file: 'src/plugins/pageView.ts', original: 'false', replacement: 'true' },
  // The same text is parsed again, with the same result.
  { file: 'src/formats/shared/readEvents.ts', original: 'text !== event.context', replacement: 'true' },
  // A key that is nobody's.
  { file: 'src/createCore.ts', original: '[]', replacement: '["Stryker was here"]' },
  // Bytes are counted where there are too few characters for too many of them.
  ...['true', 'line.length * 3 >= limits.maxEventBytes'].map((replacement) => ({
    file: 'src/createIntake.ts',
    original: 'line.length * 3 > limits.maxEventBytes',
    replacement,
  })),
  // Counted down, every eighth is the same.
  { file: 'src/transport/createBatches.ts', original: '++passed', replacement: '--passed' },
  // A function that ends without an answer answers `undefined`.
  { file: 'src/utils/attempt.ts', original: '{\n    return undefined;\n  }', replacement: '{}' },
  {
    file: 'src/utils/reading.ts',
    original: '{\n    // An answer that only looks like ours says nothing.\n    return undefined;\n  }',
    replacement: '{}',
  },
  // The long way, with the same result: JSON that is parsed in vain, bytes that are counted where they need not be, and
  // ASCII that is counted unit by unit.
  { file: 'src/utils/reading.ts', original: '!body.includes(\'"minitrail"\')', replacement: 'false' },
  { file: 'src/utils/reading.ts', original: '\'"minitrail"\'', replacement: '""' },
  ...['false', 'text.length * 3 < max'].map((replacement) => ({
    file: 'src/utils/pickDataset.ts',
    original: 'text.length * 3 <= max',
    replacement,
  })),
  { file: 'src/utils/byteLength.ts', original: '/[^ -~]+/g', replacement: '/[^ -~]/g' },
  { file: 'src/utils/byteLength.ts', original: '[]', replacement: '["Stryker was here"]' },
  // An object as JSON has two characters, or seven and more.
  { file: 'src/utils/pickDataset.ts', original: 'text.length < 3', replacement: 'text.length <= 3' },
  // Four digits more, of which none is taken.
  { file: 'src/utils/randomHex.ts', original: 'hex.length < length', replacement: 'hex.length <= length' },
  // No other member of an event begins like these.
  { file: 'src/enrich/applyFilters.ts', original: '/^(id|boot|seq)$/', replacement: '/^(id|boot|seq)/' },
];
