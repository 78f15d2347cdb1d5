/** Changes that were looked at and change nothing: what stood there, what stands there instead, and why that is the same. */
export const EQUIVALENT = [
  {
    file: 'adapters/alipay.ts',
    original: "typeof my === 'undefined'",
    replacement: 'false',
    why: 'without `my` the adapter then throws as it is made, which is no Alipay: only the text of the error is another',
  },
];
