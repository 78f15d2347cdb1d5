import { PLAN } from './plan.js';

const HOME = 'pages/home/index';

/**
 * How a visitor enters: what the host hands to `onLaunch` or `onShow`, and what reports are to make of it.
 *
 * @typedef {object} Entry
 * @property {object} options
 * @property {string} path
 * @property {Record<string, string>} query
 * @property {string} group The channel group.
 * @property {string} [campaign]
 * @property {string} [code] Of a link or a QR code of the shop.
 * @property {object} [card] The card that was opened.
 */

/** @returns {Entry} */
const entry = (scene, group, query = {}, path = HOME, more = {}) => ({
  options: { path, query, scene, referrerInfo: {} },
  path,
  query,
  group,
  ...more,
});

/** By a channel; a campaign is in the address. A code of WeChat says no more than which code it is. */
export const byChannel = (lot, { platform }, channel) => {
  const scene = channel.scenes[platform];
  if (!channel.campaigns) return entry(scene, channel.group);
  const { name, source, code } = lot.weighted(channel.campaigns);
  if (code && platform === 'wechat') return entry(scene, channel.group, { scene: code }, HOME, { code });
  const parameters = { utm_source: source, utm_campaign: name, ...(code ? { utm_content: code } : {}) };
  return entry(scene, channel.group, parameters, HOME, { campaign: name, code });
};

export const byRecent = (platform) => entry(PLAN.recent[platform], 'recent');
export const byMessage = (platform) => entry(PLAN.message[platform], 'message', { tmpl: 'tmpl-delivery' });
export const byMachine = () => entry(PLAN.automated, 'system');
export const byPreview = (product) => entry(PLAN.preview, 'timeline', { id: product }, 'pages/product/index');
export const fromPayment = (platform) => ({ scene: PLAN.payment[platform], referrerInfo: { appId: 'pay' } });

/** By a card: in a chat, in a group, or by the code on a poster, which carries the token in `scene`. */
export const byCard = (lot, { platform }, card) => {
  const { query, path } = card;
  if (card.method === 'poster') {
    const channel = PLAN.channels.find(({ group }) => group === 'scan');
    return entry(channel.scenes[platform], 'scan', query, path, { card });
  }
  const inGroup = platform === 'wechat' && lot.hits(0.5);
  return entry(inGroup ? PLAN.groupChat : PLAN.chat[platform], inGroup ? 'group_chat' : 'chat_share', query, path, { card });
};
