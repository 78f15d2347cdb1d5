/** Changes that were looked at and change nothing: what stood there, what stands there instead, and why that is the same. */
export const EQUIVALENT = [
  // The match as a whole, in the place 0 of a list of which only later places are read.
  ...['src/formats/clickhouse.ts', 'src/formats/otlp.ts', 'src/formats/shared/logs.ts'].map((file) => ({
    file,
    original: '[]',
    replacement: '["Stryker was here"]',
  })),
  // A function that ends without an answer answers `undefined`.
  ...[
    ['src/compress/gzip.ts', '// An engine without typed arrays: the body goes as it is.'],
    ['src/formats/jsonAnswers.ts', '// Any 2xx acknowledges the batch; the lists are an offer.'],
  ].map(([file, why]) => ({ file, original: `{\n    ${why}\n    return undefined;\n  }`, replacement: '{}' })),
  // Whether it is 0.
  { file: 'src/formats/otlp.ts', original: '+count', replacement: '-count' },
  // The same text is parsed again, with the same result.
  { file: 'src/formats/shared/readEvents.ts', original: 'text !== event.context', replacement: 'true' },
];
