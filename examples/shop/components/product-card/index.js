const drawings = require('../../drawings');
const i18n = require('../../i18n');

Component({
  properties: {
    product: { type: Object, value: {} },
    /** The start of the card's element id: `product-phone-x1`. */
    prefix: { type: String, value: 'product' },
  },

  data: { plus: drawings.icon('plus', '#ffffff'), t: i18n.texts('card') },

  lifetimes: {
    attached() {
      this.setData({ t: i18n.texts('card') });
    },
  },

  observers: {
    product() {
      // The page hands over new products when the language changes.
      this.setData({ t: i18n.texts('card') });
    },
  },

  methods: {
    onTap() {
      this.triggerEvent('open', { id: this.data.product.id });
    },
    onAdd() {
      this.triggerEvent('add', { id: this.data.product.id });
    },
  },
});
