const log = require('../../lib/log');

const counting = Behavior({
  data: { count: 0 },
  methods: {
    add() {
      this.setData({ count: this.data.count + 1 });
    },
  },
});

Component({
  behaviors: [counting],
  properties: { id: String },
  methods: {
    onLoad(query) {
      log(`widget onLoad ${query.id} ${this.route}`);
    },
    onShareAppMessage(options) {
      log('share', options);
      return { title: 'mine', path: '/pages/widget/index?s=1', success: () => log('shared') };
    },
  },
  pageLifetimes: {
    show() {
      log('widget show');
    },
  },
});
