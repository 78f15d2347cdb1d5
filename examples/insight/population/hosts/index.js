import { createAlipayApi } from './alipay.js';
import { createDouyinApi } from './douyin.js';
import { createWechatApi } from './wechat.js';

/** The three hosts: the name of their API object, and what makes it. */
export const HOSTS = {
  wechat: { apiName: 'wx', createApi: createWechatApi },
  alipay: { apiName: 'my', createApi: createAlipayApi },
  douyin: { apiName: 'tt', createApi: createDouyinApi },
};
