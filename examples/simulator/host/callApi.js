/**
 * An expected failure of a host API, in WeChat's words; another host has its own for the same `kind`.
 *
 * @typedef {'parameter' | 'keyFull' | 'storageFull' | 'notFound' | 'cancel' | undefined} FailureKind
 */
export class ApiError extends Error {
  /** @param {string} message @param {FailureKind} [kind] */
  constructor(message, kind) {
    super(message);
    this.kind = kind;
  }
}

/**
 * The calling convention of the three hosts: one options object with success, fail, complete, called later.
 *
 * @param {object} convention
 * @param {ReturnType<import('./createJsThread.js').createJsThread>} convention.thread
 * @param {(name: string, result: any) => any} convention.success what `success` gets
 * @param {(name: string, error: ApiError) => any} convention.failure what `fail` gets
 * @param {'without callbacks' | 'always' | 'never'} convention.promise when the call returns a promise
 */
export const createCallApi =
  ({ thread, success: successOf, failure: failureOf, promise: promises }) =>
  /** @param {string} name @param {(options: any) => any} work may return a promise */
  (name, work) =>
  (options = {}) => {
    const attempt = new Promise((resolve) => resolve(work(options ?? {}))).then(
      (result) => ({ ok: true, value: successOf(name, result) }),
      (error) => {
        if (!(error instanceof ApiError)) throw error; // the host's own mistake: show it
        return { ok: false, value: failureOf(name, error) };
      },
    );
    const { success, fail, complete } = options ?? {};
    attempt.then(({ ok, value }) => {
      thread.post(ok ? success : fail, value);
      thread.post(complete, value);
    });
    if (promises === 'never' || (promises === 'without callbacks' && (success || fail || complete))) return undefined;
    // Never settles after a kill: the app that waited is gone.
    const promise = new Promise((resolve, reject) => {
      attempt.then(({ ok, value }) => thread.post(() => (ok ? resolve(value) : reject(value))));
    });
    promise.catch(() => {}); // the app's to handle; one that ignores it must not end a Node process
    return promise;
  };
