const drawings = require('../../drawings');
const i18n = require('../../i18n');

// Alipay hands the parent's functions over as props. Ours pass on what an event carries on the other hosts, so that the
// pages need not know the difference.
Component({
  props: {
    product: {},
    /** The start of the card's element id: `product-phone-x1`. */
    prefix: 'product',
    onOpen() {},
    onAdd() {},
  },

  data: { plus: drawings.icon('plus', '#ffffff'), t: i18n.texts('card') },

  onInit() {
    this.setData({ t: i18n.texts('card') });
  },

  /** The page hands over new products when the language changes. */
  deriveDataFromProps({ product }) {
    if (product !== this.props.product) this.setData({ t: i18n.texts('card') });
  },

  methods: {
    onTap() {
      this.props.onOpen({ detail: { id: this.props.product.id } });
    },
    onAdd() {
      this.props.onAdd({ detail: { id: this.props.product.id } });
    },
  },
});
