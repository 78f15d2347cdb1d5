import type { HostSource } from '../types/host';
import type { Plugin } from '../types/plugin';
import { type Handler, wrapHandler } from './shared/wrapHandler';

export interface UniApp extends Plugin {
  /** Called by Vue: `app.use(uniAppTaps)`. */
  install(app: { mixin(mixin: object): unknown }): void;
}

interface Invoker extends Handler {
  value?: unknown;
}

// `e0`, on WeChat `e0_` and more. https://github.com/dcloudio/uni-app/blob/next/packages/uni-mp-vue/lib/vue.runtime.esm.js
const NAME = /^e\d/;

/**
 * For uni-app with Vue 3: lets `tap` see its handlers. Vue hangs them on the page or component when it renders, so they
 * are not among the options that the host is given. What it returns is a plugin of Vue, and the first of the tracker.
 *
 * @example
 * // tracker.js
 * export const uniAppTaps = uniApp()
 * createTracker({ adapter: wechat(), endpoint, plugins: [uniAppTaps, autotrack({ tap: true })] })
 * // main.js
 * app.use(uniAppTaps)
 */
export const uniApp = (): UniApp => {
  let host: HostSource | undefined;
  const seen = new WeakSet<object>();

  const wrap = (name: string, own: Invoker): Invoker => {
    const told = wrapHandler(() => host, name, own);
    const ours: Invoker = function (...args) {
      const { detail } = (args[0] || {}) as { detail?: { __args__?: unknown } };
      // What a component emits is no touch, whatever its name: the tap within the component is seen there.
      return (detail && detail.__args__ ? own : told).apply(this, args);
    };
    seen.add(ours);
    // A later render swaps the function behind the handler.
    return Object.defineProperty(ours, 'value', {
      get: () => own.value,
      set(value) {
        own.value = value;
      },
    });
  };
  const look = function (this: { readonly $scope?: Record<string, Invoker> }): void {
    const scope = this.$scope;
    if (!host || !scope) return;
    for (const name of Object.keys(scope)) {
      const own = scope[name];
      if (NAME.test(name) && typeof own === 'function' && !seen.has(own)) scope[name] = wrap(name, own);
    }
  };

  return {
    name: 'uniApp',
    setup(context) {
      ({ host } = context);
      return [
        // The number of an event channel, which on Douyin goes through the query. A link that is shared must not keep it.
        // https://github.com/dcloudio/uni-app/blob/next/packages/uni-mp-toutiao/src/api/protocols.ts
        host.on('pageShow', ({ page }) => {
          delete (page.query as Record<string, string>).__id__;
        }),
        () => {
          host = undefined;
        },
      ];
    },
    install(app) {
      // After a render: it adds the handlers.
      app.mixin({ mounted: look, updated: look });
    },
  };
};
