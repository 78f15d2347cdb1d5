import { askToSubscribe } from '../askToSubscribe.js';
import { createIntersectionObserver } from '../createIntersectionObserver.js';
import { uiApi as wechatUiApi } from '../wechat/uiApi.js';

const ICONS = { success: 'success', fail: 'error', exception: 'error', none: 'none' };

const SHARED = [
  'setTabBarItem',
  'setTabBarBadge',
  'removeTabBarBadge',
  'showTabBarRedDot',
  'hideTabBarRedDot',
  'pageScrollTo',
  'nextTick',
  'createSelectorQuery',
  'stopPullDownRefresh',
  'startPullDownRefresh',
  'showNavigationBarLoading',
  'hideNavigationBarLoading',
  'showTabBar',
  'hideTabBar',
  'makePhoneCall',
  'previewImage',
];

/** The words differ, the screen is the same. */
export const uiApi = (host) => {
  const { callApi, renderer, router, emit, toApp } = host;
  const wx = wechatUiApi(host);
  const pageTitle = ({ title }) => {
    const page = router.top();
    if (!page || title === undefined) return;
    page.title = title;
    renderer.refresh(page);
  };
  const toast = ({ content = '', type = 'none', duration = 3000 }) => {
    const icon = ICONS[type] ?? 'none';
    emit('toast', { title: content, icon });
    renderer.toast({ title: content, icon, duration });
  };
  return {
    ...Object.fromEntries(SHARED.map((name) => [name, wx[name]])),
    // https://opendocs.alipay.com/mini/api/fhur8f
    showToast: callApi('showToast', toast),
    hideToast: callApi('hideToast', () => renderer.toast(null)),
    showLoading: callApi('showLoading', ({ content = '' }) => renderer.toast({ title: content, icon: 'loading', duration: 0 })),
    hideLoading: callApi('hideLoading', () => renderer.toast(null)),
    // https://opendocs.alipay.com/mini/api/lt3uqc
    alert: callApi('alert', async ({ title, content, buttonText }) => {
      await renderer.modal({ title, content, confirmText: buttonText, showCancel: false });
    }),
    confirm: callApi('confirm', async ({ title, content, confirmButtonText, cancelButtonText }) =>
      toApp({
        confirm: await renderer.modal({ title, content, confirmText: confirmButtonText, cancelText: cancelButtonText }),
      }),
    ),
    // `index` is -1 when nothing was chosen. github.com/AlipayDocs/open-docs: mini/api/…/my.showActionSheet.md
    showActionSheet: callApi('showActionSheet', async ({ items }) =>
      toApp({ index: await renderer.actionSheet({ itemList: items }) }),
    ),
    // https://opendocs.alipay.com/mini/api/requestSubscribeMessage
    requestSubscribeMessage: callApi('requestSubscribeMessage', async ({ entityIds }) => {
      const isAccepted = await askToSubscribe(host, entityIds);
      const [subscribedEntityIds, unsubscribedEntityIds] = isAccepted ? [entityIds, []] : [[], entityIds];
      const behavior = isAccepted ? 'subscribe' : 'cancel';
      return toApp({ behavior, show: true, result: { subscribedEntityIds, unsubscribedEntityIds } });
    }),
    // https://opendocs.alipay.com/mini/api/xwq8e6
    setNavigationBar: callApi('setNavigationBar', pageTitle),
    createIntersectionObserver: (options) => createIntersectionObserver(router.top().caller, options),
    hideBackHome() {},
    setClipboard: callApi('setClipboard', () => ({})),
  };
};
