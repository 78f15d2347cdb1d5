import { channels } from './channels.js';

/** What each of the merchant's links and QR codes brought: the channels report by the code that each carries. */
export const links = {
  ...channels,
  id: 'links',
  title: { en: 'Links and codes', zh: '渠道码' },
  params: { ...channels.params, by: { ...channels.params.by, values: ['code'], default: 'code' } },
};
