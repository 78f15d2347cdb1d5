import type { Plugin } from '../types/plugin';
import { createBridge, type Handler } from './shared/createBridge';

export interface UniApp extends Plugin {
  /** Called by Vue: `app.use(uniAppTaps)`. */
  install(app: { mixin(mixin: object): unknown }): void;
}

// `e0`, on WeChat `e0_` and more. https://github.com/dcloudio/uni-app/blob/next/packages/uni-mp-vue/src/helpers/vOn.ts
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
  const { install, setup, look } = createBridge('app.use()');
  const finish = (told: Handler, own: Handler & { value?: unknown }): Handler => {
    const ours: Handler = function (...args) {
      const { detail } = (args[0] || {}) as { detail?: { __args__?: unknown } };
      // What a component emits is no touch, whatever its name: the tap within the component is seen there.
      return (detail && detail.__args__ ? own : told).apply(this, args);
    };
    // A later render swaps the function behind the handler.
    return Object.defineProperty(ours, 'value', {
      get: () => own.value,
      set(value) {
        own.value = value;
      },
    });
  };
  const onRender = function (this: { readonly $scope?: Record<string, unknown> }): void {
    look(this.$scope || {}, (name) => NAME.test(name), finish);
  };

  return {
    name: 'uniApp',
    setup: (context) => [
      ...setup(context),
      // The number of an event channel, which on Alipay and Douyin goes through the query. A shared link must not keep it.
      // https://github.com/dcloudio/uni-app/blob/next/packages/uni-mp-core/src/api/protocols/navigateTo.ts
      context.host.on('pageShow', ({ page }) => {
        delete (page.query as Record<string, string>).__id__;
      }),
    ],
    install(app) {
      install();
      // After a render: it adds the handlers.
      app.mixin({ mounted: onRender, updated: onRender });
    },
  };
};
