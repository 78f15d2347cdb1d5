import * as adapter from 'glass-easel-miniprogram-adapter';

const { safeCallback } = adapter.glassEasel;

/** Without a layout nothing intersects by itself: element → listeners, for `reportIntersection`. */
const unlaid = new WeakMap();

const rect = (r) => {
  const { left = 0, top = 0, width = 0, height = 0 } = r ?? {};
  return { left, top, right: left + width, bottom: top + height, width, height };
};

/**
 * wx.createIntersectionObserver. The adapter's own swallows the first report of an element that is visible from the
 * start, which is the one WeChat promises when the ratio differs from `initialRatio`.
 * https://developers.weixin.qq.com/miniprogram/dev/api/wxml/wx.createIntersectionObserver.html
 *
 * @param {any} component the page or component, as its author sees it
 * @param {{ thresholds?: number[], initialRatio?: number, observeAll?: boolean }} [options]
 */
export const createIntersectionObserver = (component, { thresholds = [0], initialRatio = 0, observeAll = false } = {}) => {
  const shadowRoot = component._$.getShadowRoot();
  let reference = null;
  let margin = '0px 0px 0px 0px';
  let stops = [];

  const relativeTo = (selector, { top = 0, right = 0, bottom = 0, left = 0 } = {}) => {
    reference = selector === null ? null : shadowRoot.querySelector(selector);
    margin = `${top}px ${right}px ${bottom}px ${left}px`;
    return observer;
  };

  const watch = (element, callback) => {
    let isFirst = true;
    const report = (entry) => {
      const unchanged = isFirst && entry.intersectionRatio === initialRatio;
      isFirst = false;
      if (unchanged) return;
      const result = {
        id: element.id,
        dataset: { ...element.dataset },
        intersectionRatio: entry.intersectionRatio,
        intersectionRect: rect(entry.intersectionRect),
        boundingClientRect: rect(entry.boundingClientRect),
        relativeRect: rect(entry.relativeRect),
        time: entry.time ?? Date.now(),
      };
      safeCallback('IntersectionObserver', callback, undefined, [result]);
    };
    const native = element.createIntersectionObserver(reference, margin, [...thresholds], report);
    if (native) return () => native.disconnect();
    const reports = unlaid.get(element) ?? unlaid.set(element, new Set()).get(element);
    reports.add(report);
    return () => reports.delete(report);
  };

  const observer = {
    relativeTo,
    relativeToViewport: (margins) => relativeTo(null, margins),
    observe(selector, callback) {
      const found = observeAll ? shadowRoot.querySelectorAll(selector) : [shadowRoot.querySelector(selector)];
      stops.push(...found.filter(Boolean).map((element) => watch(element, callback)));
    },
    disconnect() {
      for (const stop of stops) stop();
      stops = [];
    },
  };
  return observer;
};

adapter.component.ComponentCaller.prototype.createIntersectionObserver = function (options) {
  return createIntersectionObserver(this, options);
};

/** Plays the screen of a host without one. */
export const reportIntersection = (element, intersectionRatio) => {
  for (const report of [...(unlaid.get(element) ?? [])]) report({ intersectionRatio });
};
