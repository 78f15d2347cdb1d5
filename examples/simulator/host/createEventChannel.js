/**
 * The channel between a page and the one it opened.
 * https://developers.weixin.qq.com/miniprogram/dev/api/route/EventChannel.html
 *
 * @returns the two ends
 */
export const createEventChannel = () => {
  const ends = [new Map(), new Map()];
  const end = (own, other) => {
    const on = (name, fn) => void own.set(name, [...(own.get(name) ?? []), fn]);
    const off = (name, fn) =>
      void own.set(
        name,
        (own.get(name) ?? []).filter((known) => fn && known !== fn),
      );
    const once = (name, fn) => {
      const onlyOnce = (...args) => {
        off(name, onlyOnce);
        fn(...args);
      };
      on(name, onlyOnce);
    };
    const emit = (name, ...args) => {
      for (const fn of other.get(name) ?? []) fn(...args);
    };
    return { on, off, once, emit };
  };
  return [end(ends[0], ends[1]), end(ends[1], ends[0])];
};
