import type { HostConstructor, HostSource, Options, OwnWraps, WrapKit } from '../../src/types/host';

declare let Mixin: HostConstructor | undefined;

const eventsOf = ({ events }: Options): object => (typeof events === 'object' && events) || {};

/** Where Alipay's apps and pages have functions that no other host looks for. */
export const wrapAlipay = (host: HostSource, kit: WrapKit): OwnWraps => {
  const { state, life, pageCalls, shares, behavior, nest, addMethods, addHooks, replaceConstructor } = kit;
  // https://opendocs.alipay.com/mini/05bchn
  const make = replaceConstructor(host, behavior, (value) => (value ? (Mixin = value) : typeof Mixin !== 'undefined' && Mixin));
  return {
    // The app may share for all pages that do not. https://opendocs.alipay.com/mini/framework/app-detail
    app: (copy, options) => addMethods(state, copy, options, shares),
    page(copy, options) {
      // https://opendocs.alipay.com/mini/framework/page-detail
      if (!options.events) return;
      nest(copy, options, 'events', (inner, own) => {
        // A function of both places is called twice for one tap on a tab.
        const names = pageCalls.filter((name) => !(name in options));
        addMethods(state, inner, own, names);
        addHooks(state, inner, own, life);
      });
    },
    isElsewhere: (options, name) => name in eventsOf(options),
    // What a page does not have is told to the `rootEvents` of its mixins.
    mixin: make && ((methods) => make({ methods, rootEvents: methods })),
  };
};
