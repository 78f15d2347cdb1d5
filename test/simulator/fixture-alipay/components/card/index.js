import { log } from '../../lib/log';

const shared = {
  props: { note: 'noted', title: 'from the mixin' },
  onInit() {
    log('mixin onInit');
  },
  rootEvents: {
    onHide() {
      log('card rootEvents.onHide');
    },
  },
};

Component({
  mixins: [shared],
  data: { seen: 0 },
  props: { title: 'untitled', onPick: () => 'nobody' },
  onInit() {
    log(`card onInit ${this.props.title}`);
  },
  deriveDataFromProps(nextProps) {
    log(`card derive ${this.props.title} > ${nextProps.title}`);
  },
  didMount() {
    log(`card didMount on ${this.$page.route}`);
  },
  didUpdate(prevProps, prevData) {
    log(`card didUpdate ${prevProps.title} ${prevData.seen} > ${this.props.title} ${this.data.seen}`);
  },
  didUnmount() {
    log('card didUnmount');
  },
  methods: {
    tapCard() {
      log(this.props.onPick(this.props.title, 2));
      this.setData({ seen: this.data.seen + 1 });
    },
  },
});
