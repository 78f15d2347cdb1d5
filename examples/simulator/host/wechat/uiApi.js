import { ApiError, callApi } from '../callApi.js';
import { createIntersectionObserver } from '../createIntersectionObserver.js';

const defined = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** What a shop's pages use of the screen. Dialogs are the renderer's: a person answers, or a test. */
export const uiApi = ({ thread, renderer, router, emit, toApp }) => {
  const async = (name, work) => callApi(thread, name, work);

  const toast = ({ title = '', icon = 'success', duration = 1500 }) => {
    emit('toast', { title, icon });
    renderer.toast({ title, icon, duration });
  };

  const currentPage = () => {
    const page = router.top();
    if (!page) throw new ApiError('no page');
    return page;
  };

  const nothing = (names) => Object.fromEntries(names.map((name) => [name, async(name, () => ({}))]));

  return {
    showToast: async('showToast', toast),
    hideToast: async('hideToast', () => renderer.toast(null)),
    showLoading: async('showLoading', ({ title }) => toast({ title, icon: 'loading', duration: 0 })),
    hideLoading: async('hideLoading', () => renderer.toast(null)),

    showModal: async('showModal', async (options) => {
      const confirm = await renderer.modal(options);
      return toApp({ confirm, cancel: !confirm, content: null });
    }),
    showActionSheet: async('showActionSheet', async (options) => {
      const tapIndex = await renderer.actionSheet(options);
      if (tapIndex < 0) throw new ApiError('cancel');
      return toApp({ tapIndex });
    }),

    setNavigationBarTitle: async('setNavigationBarTitle', ({ title }) => {
      const page = currentPage();
      page.title = title;
      renderer.refresh(page);
    }),
    setTabBarItem: async('setTabBarItem', ({ index, text, iconPath, selectedIconPath }) =>
      renderer.setTab(defined({ index, text, iconPath, selectedIconPath })),
    ),
    setTabBarBadge: async('setTabBarBadge', ({ index, text }) => renderer.setTab({ index, badge: String(text) })),
    removeTabBarBadge: async('removeTabBarBadge', ({ index }) => renderer.setTab({ index, badge: '' })),
    showTabBarRedDot: async('showTabBarRedDot', ({ index }) => renderer.setTab({ index, badge: ' ' })),
    hideTabBarRedDot: async('hideTabBarRedDot', ({ index }) => renderer.setTab({ index, badge: '' })),

    // Nobody is charged: a person, or a test, says yes or no.
    requestPayment: async('requestPayment', async () => {
      const paid = await renderer.modal({
        title: '微信支付',
        content: '模拟支付，不会扣款',
        confirmText: '支付',
        kind: 'payment',
      });
      if (!paid) throw new ApiError('cancel');
    }),

    pageScrollTo: async('pageScrollTo', ({ scrollTop = 0 }) => renderer.scrollTo(currentPage(), scrollTop)),

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
