const { join } = require('node:path');
const MpxWebpackPlugin = require('@mpxjs/webpack-plugin');

module.exports = ({ mode }) => ({
  mode: 'production',
  entry: { app: './src/app.mpx' },
  output: { path: join(__dirname, 'dist', mode), clean: true },
  module: {
    rules: [
      { test: /\.mpx$/, use: MpxWebpackPlugin.loader() },
      { test: /\.(wxml|axml|ttml)$/, use: MpxWebpackPlugin.wxmlLoader() },
      { test: /\.json$/, resourceQuery: /asScript/, type: 'javascript/auto' },
      { test: /\.(wxs|sjs)$/, use: MpxWebpackPlugin.wxsPreLoader(), enforce: 'pre' },
    ],
  },
  resolve: { extensions: ['.mpx', '.js'] },
  optimization: { runtimeChunk: { name: 'bundle' } },
  performance: { hints: false },
  plugins: [new MpxWebpackPlugin({ mode, srcMode: 'wx' })],
});
