import type { AnyFunction } from './patch';

/** A class, or a host's own constructor: nothing that the view calls, and `new` must find it as it is. */
const isClass = (own: object): boolean => {
  const prototype = Object.getOwnPropertyDescriptor(own, 'prototype');
  return !!prototype && !prototype.writable;
};

/**
 * What runs elsewhere than here: WeChat's compiler marks functions of the render thread by properties.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/skyline/worklet.html
 */
const isWorklet = (own: object): boolean => Object.keys(own).some((name) => /worklet/i.test(name));

/** Whether another function may take the place of `own`. */
export const isReplaceable = (own: unknown): own is AnyFunction =>
  typeof own === 'function' && !isClass(own) && !isWorklet(own);

/**
 * Lets `ours` pass for `own`: what the app has put on its function, or will, is found on ours (`debounce(…).cancel`,
 * `axios.get`), and what it writes to ours reaches its own.
 */
export const standIn = (ours: AnyFunction, own: AnyFunction): AnyFunction => {
  for (const name of Object.keys(own)) {
    Object.defineProperty(ours, name, {
      get: () => (own as unknown as Record<string, unknown>)[name],
      set(value) {
        (own as unknown as Record<string, unknown>)[name] = value;
      },
      enumerable: true,
      configurable: true,
    });
  }
  // An old-style constructor makes what it made before.
  ours.prototype = own.prototype;
  // Whatever else is read, also what comes later, is that of the app's function.
  return Object.setPrototypeOf(ours, own);
};
