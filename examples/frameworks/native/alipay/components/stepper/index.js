Component({
  data: { count: 0 },
  methods: {
    plus() {
      this.setData({ count: this.data.count + 1 });
    },
  },
});
