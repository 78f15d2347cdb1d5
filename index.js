// `main` must be an index.js at the root of the package: Douyin's "build npm" puts an index.js of its own, which requires
// `main` by its old path, over the one it copied from the `miniprogram` folder, whenever `main` is any other file.
// https://www.npmjs.com/package/@tt-miniprogram/ext-pack (buildWxNpm, createIndexFile)
module.exports = require('./miniprogram_dist/index.js');
