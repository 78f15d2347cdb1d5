import { askToSubscribe } from '../askToSubscribe.js';
import { ApiError } from '../callApi.js';
import { createIntersectionObserver } from '../createIntersectionObserver.js';

const defined = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** What a shop's pages use of the screen. Dialogs are the renderer's: a person answers, or a test. */
export const uiApi = ({ callApi, thread, device, renderer, router, emit, toApp }) => {
  const toast = ({ title = '', icon = 'success', duration = 1500 }) => {
    emit('toast', { title, icon });
    renderer.toast({ title, icon, duration });
  };

  const currentPage = () => {
    const page = router.top();
    if (!page) throw new ApiError('no page');
    return page;
  };

  const nothing = (names) => Object.fromEntries(names.map((name) => [name, callApi(name, () => ({}))]));

  return {
    showToast: callApi('showToast', toast),
    hideToast: callApi('hideToast', () => renderer.toast(null)),
    showLoading: callApi('showLoading', ({ title }) => toast({ title, icon: 'loading', duration: 0 })),
    hideLoading: callApi('hideLoading', () => renderer.toast(null)),

    showModal: callApi('showModal', async (options) => {
      const confirm = await renderer.modal(options);
      return toApp({ confirm, cancel: !confirm, content: null });
    }),
    showActionSheet: callApi('showActionSheet', async (options) => {
      const tapIndex = await renderer.actionSheet(options);
      if (tapIndex < 0) throw new ApiError('cancel', 'cancel');
      return toApp({ tapIndex });
    }),

    setNavigationBarTitle: callApi('setNavigationBarTitle', ({ title }) => {
      const page = currentPage();
      page.title = title;
      renderer.refresh(page);
    }),
    setTabBarItem: callApi('setTabBarItem', ({ index, text, iconPath, selectedIconPath }) =>
      renderer.setTab(defined({ index, text, iconPath, selectedIconPath })),
    ),
    setTabBarBadge: callApi('setTabBarBadge', ({ index, text }) => renderer.setTab({ index, badge: String(text) })),
    removeTabBarBadge: callApi('removeTabBarBadge', ({ index }) => renderer.setTab({ index, badge: '' })),
    showTabBarRedDot: callApi('showTabBarRedDot', ({ index }) => renderer.setTab({ index, badge: ' ' })),
    hideTabBarRedDot: callApi('hideTabBarRedDot', ({ index }) => renderer.setTab({ index, badge: '' })),

    // Nobody is charged: a person, or a test, says yes or no.
    requestPayment: callApi('requestPayment', async () => {
      const paid = await renderer.modal({
        title: '微信支付',
        content: '模拟支付，不会扣款',
        confirmText: '支付',
        kind: 'payment',
      });
      if (!paid) throw new ApiError('cancel', 'cancel');
    }),

    // https://developers.weixin.qq.com/miniprogram/dev/api/open-api/subscribe-message/wx.requestSubscribeMessage.html
    requestSubscribeMessage: callApi('requestSubscribeMessage', async ({ tmplIds }) => {
      const answer = (await askToSubscribe({ renderer, device }, tmplIds)) ? 'accept' : 'reject';
      return toApp(Object.fromEntries(tmplIds.map((id) => [id, answer])));
    }),

    pageScrollTo: callApi('pageScrollTo', ({ scrollTop = 0 }) => renderer.scrollTo(currentPage(), scrollTop)),

    nextTick: (fn) => thread.post(fn),
    createSelectorQuery: () => currentPage().caller.createSelectorQuery(),
    createIntersectionObserver,

    ...nothing([
      'showShareMenu',
      'hideShareMenu',
      'updateShareMenu',
      'stopPullDownRefresh',
      'startPullDownRefresh',
      'setNavigationBarColor',
      'showNavigationBarLoading',
      'hideNavigationBarLoading',
      'hideHomeButton',
      'setBackgroundColor',
      'showTabBar',
      'hideTabBar',
      'setClipboardData',
      'previewImage',
      'makePhoneCall',
    ]),
  };
};
