import type { AnyFunction } from './patch';

/**
 * Whether another function may take the place of `own`. Not of a class, which nothing but `new` calls; nor of what runs in
 * another thread, which WeChat's compiler has marked.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/skyline/worklet.html
 */
export const isReplaceable = (own: unknown): own is AnyFunction => {
  if (typeof own !== 'function' || '__workletHash' in own || '__worklet' in own) return false;
  // To look at a prototype is what makes it, so first whether there is one: methods and arrow functions have none.
  const prototype = 'prototype' in own && Object.getOwnPropertyDescriptor(own, 'prototype');
  return !prototype || !!prototype.writable;
};

/**
 * Lets `ours` pass for `own`: what the app has put on its function is found on ours (`debounce(…).cancel`, `axios.get`),
 * with what it puts there later, and what it writes to ours reaches its own.
 */
export const standIn = (ours: AnyFunction, own: AnyFunction): AnyFunction => {
  const members = own as unknown as Record<string, unknown>;
  for (const name of Object.keys(own)) {
    Object.defineProperty(ours, name, {
      get: () => members[name],
      set(value) {
        members[name] = value;
      },
      enumerable: true,
      configurable: true,
    });
  }
  // An old-style constructor makes what it made before; what is none, has none.
  ours.prototype = own.prototype;
  // Engines take some microseconds for this, at registration; without it what is put there later would not be found.
  return Object.setPrototypeOf(ours, own);
};
