/** An expected failure of a host API: `errMsg` becomes `<api>:fail <message>`. */
export class ApiError extends Error {
  /** @param {string} message @param {Record<string, any>} [extra] e.g. `{ errno: 5 }` */
  constructor(message, extra = {}) {
    super(message);
    this.extra = extra;
  }
}

/**
 * WeChat's calling convention: one options object with success, fail, complete, called later; without any of the
 * three the call returns a promise.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/api.html
 *
 * @param {ReturnType<import('./createJsThread.js').createJsThread>} thread
 * @param {string} name
 * @param {(options: any) => any} work may return a promise; its result is merged into `{ errMsg }`
 */
export const callApi =
  (thread, name, work) =>
  (options = {}) => {
    const attempt = new Promise((resolve) => resolve(work(options ?? {}))).then(
      (result) => ({ ok: true, value: { ...result, errMsg: `${name}:ok` } }),
      (error) => {
        if (!(error instanceof ApiError)) throw error; // the host's own mistake: show it
        const errMsg = `${name}:fail${error.message ? ` ${error.message}` : ''}`;
        return { ok: false, value: { ...error.extra, errMsg } };
      },
    );
    const { success, fail, complete } = options ?? {};
    if (!success && !fail && !complete) {
      // Never settles after a kill: the app that waited is gone.
      const promise = new Promise((resolve, reject) => {
        attempt.then(({ ok, value }) => thread.post(() => (ok ? resolve(value) : reject(value))));
      });
      promise.catch(() => {}); // the app's to handle; one that ignores it must not end a Node process
      return promise;
    }
    attempt.then(({ ok, value }) => {
      thread.post(ok ? success : fail, value);
      thread.post(complete, value);
    });
    return undefined;
  };
