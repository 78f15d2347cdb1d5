import { log } from '../../lib/log';

Page({
  onLoad(query) {
    log('detail onLoad', query);
  },
  onShareAppMessage({ from, target }) {
    return {
      title: `by ${from} ${target && target.id}`,
      path: 'pages/detail/index?s=1',
      success: (result) => log('shared', result),
    };
  },
});
