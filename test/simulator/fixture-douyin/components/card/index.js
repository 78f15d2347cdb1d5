Component({
  properties: { title: String },
  methods: {
    tapCard() {
      this.triggerEvent('pick', { title: this.data.title });
    },
  },
});
