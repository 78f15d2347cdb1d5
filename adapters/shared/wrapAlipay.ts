import type { HostConstructor, OwnWraps, WrapKit } from '../../src/types/host';

declare let Mixin: HostConstructor | undefined;

// What the host calls in `events` without an event of the view.
const PAGE_CALLS = ['onPullDownRefresh', 'onReachBottom', 'onTabItemTap', 'onPageScroll'];
const LIFE = ['onLoad', 'onShow', 'onHide', 'onUnload'];

/** Where Alipay's apps and pages have functions that no other host looks for. */
export const wrapAlipay = ({ nest, wrapLife, replace }: WrapKit): OwnWraps => {
  // https://opendocs.alipay.com/mini/05bchn
  const make = replace((value) => (value ? (Mixin = value) : typeof Mixin !== 'undefined' && Mixin));
  return {
    // The app may share for all pages that do not. https://opendocs.alipay.com/mini/framework/app-detail
    app: ['onShareAppMessage'],
    page(copy, options) {
      // https://opendocs.alipay.com/mini/framework/page-detail
      if (!options.events) return;
      // A function of both places is called twice for one tap on a tab.
      const names = PAGE_CALLS.filter((name) => !(name in options)).concat(LIFE);
      nest(copy, options, 'events', (inner, own) => wrapLife(inner, own, names));
    },
    // What a page does not have is told to the `rootEvents` of its mixins.
    mixins: make && ((methods) => make({ methods, rootEvents: methods })),
  };
};
