export default {
  pages: ['pages/index/index', 'pages/detail/index'],
  window: {
    navigationBarTitleText: 'Tea',
  },
};
