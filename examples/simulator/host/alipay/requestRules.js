// The codes: https://github.com/AlipayDocs/open-docs/blob/69366ef9^/mini/api/基础API/网络/my.request.md
const ERRORS = { url: 2, abort: 9, network: 12, timeout: 13, json: 14, interrupted: 1 };

/** @type {import('../createRequest.js').RequestRules} */
export const requestRules = {
  defaultTimeoutMs: 30_000,
  maxParallel: Number.POSITIVE_INFINITY, // "no limit": my.request 常见问题
  // The typings accept both.
  headersOf: ({ headers, header }) => headers ?? header,
  parsesJson: ({ dataType = 'json' }) => dataType.toLowerCase() === 'json',
  refusesOtherText: true,
  // A status of 400 or more comes here too. https://opendocs.alipay.com/mini/api/network
  result: ({ status, headers, data }) => ({ status, headers, data }),
  failure: (kind, detail) => ({ error: ERRORS[kind], errorMessage: detail }),
  returns: ({ abort }, settled) => Object.assign(settled, { abort }),
};
