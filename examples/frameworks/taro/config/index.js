module.exports = {
  projectName: 'minitrail-example-taro',
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  framework: 'react',
  compiler: 'webpack5',
  mini: {},
};
