import * as adapter from 'glass-easel-miniprogram-adapter';
import { composedAncestors } from './walkTree.js';

// What a component knows of the page that it is on. Douyin does not document it; mpx calls it there, too.
// https://developers.weixin.qq.com/miniprogram/dev/reference/api/Component.html
adapter.component.ComponentCaller.prototype.getPageId = function () {
  const page = composedAncestors(this._$).at(-1).getMethodCaller();
  return Object.hasOwn(page, 'getPageId') ? page.getPageId() : `pageId:${page.__webviewId__}`;
};
