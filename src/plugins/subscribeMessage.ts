import { watchApi } from '../api/watchApi';
import { topRoute } from '../instrument/topRoute';
import { EVENT_SUBSCRIBE_MESSAGE } from '../semantic';
import type { Properties } from '../types/event';
import type { EnterOptions } from '../types/host';
import type { Plugin } from '../types/plugin';
import { listOf } from '../utils/listOf';
import { pagesOf } from '../utils/pagesOf';
import type { PageFilter } from './pageView';

/** How an opened message is known. */
export interface SubscribeMessageOptions extends PageFilter {
  /**
   * The query parameter in which your server puts the template's id when it sends a message: no host tells by which
   * template a visitor came.
   *
   * @example 'tmpl' // for messages with the page 'pages/order/index?id=42&tmpl=zun-LzcQy'
   */
  readonly templateParam?: string;
}

/** Entries by a message that the visitor subscribed to, by platform. The scene tables name them. */
const SCENES: Readonly<Record<string, RegExp>> = {
  // 1043: a template message of the official account.
  wechat: /^1(014|107|043)$/,
  alipay: /^1(014|305)$/,
  // The first two digits are the host: Toutiao, Douyin, Toutiao Lite.
  douyin: /^(017001|017002|02600[34]|026018|067001)$/,
};

const ANSWERS: Readonly<Record<string, string>> = {
  reject: 'rejected',
  ban: 'banned',
  filter: 'filtered',
  fail: 'failed',
};

interface Result {
  /** Alipay. https://opendocs.alipay.com/mini/api/requestSubscribeMessage */
  readonly behavior?: string;
  readonly result?: { readonly subscribedEntityIds?: readonly string[]; readonly subscribeEntityIds?: readonly string[] };
  /** Douyin: only what the visitor ticked. */
  readonly templateSettings?: Readonly<Record<string, { readonly status?: string } | undefined>>;
}

// https://developers.weixin.qq.com/miniprogram/dev/api/open-api/subscribe-message/wx.requestSubscribeMessage.html
// https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/open-interface/subscribe-message/tt-request-subscribe-message
const answerOf = (answer: Result, id: string): string => {
  const { behavior, result = {}, templateSettings = {} } = answer;
  if (behavior !== undefined) {
    const subscribed = result.subscribedEntityIds || result.subscribeEntityIds;
    if (subscribed ? subscribed.includes(id) : behavior === 'subscribe') return 'accepted';
    return behavior ? 'rejected' : 'failed';
  }
  const status = Object(templateSettings[id]).status || (answer as Readonly<Record<string, string>>)[id] || 'reject';
  // WeChat tells accepted with a sound apart.
  return /^accept/.test(status) ? 'accepted' : ANSWERS[status] || status;
};

/**
 * Tracks `subscribe_message`, one event for each template (模板): `action`, `template_id`, `page_path`, and
 * `error_code` when the host refused.
 *
 * - `asked`: the app calls `requestSubscribeMessage`.
 * - `accepted`, `rejected`, `banned`, `filtered`, `failed`, or the host's own word: what came of it.
 * - `opened`: the visitor enters by a message, with its `scene`. One entry that the host repeats is one.
 *
 * Calls keep their callbacks, promise and throw. Needs no other plugin.
 */
export const subscribeMessage = (options: SubscribeMessageOptions = {}): Plugin => ({
  name: 'subscribeMessage',
  options,
  setup({ host, api, platform, track, visitor }) {
    const { templateParam } = options;
    const isExcluded = pagesOf(options.exclude);
    let last: string | undefined;
    const scenes = SCENES[platform];
    const tell = (properties: Properties): void => {
      if (!isExcluded(properties.page_path)) track(EVENT_SUBSCRIBE_MESSAGE, properties);
    };
    return [
      watchApi(api as Record<string, unknown>, 'requestSubscribeMessage', host.log, ({ tmplIds, entityIds }) => {
        // A text is one template, and no list of letters.
        const ids = listOf((tmplIds || entityIds) as readonly string[]);
        const page_path = topRoute();
        const asked = visitor();
        for (const template_id of ids) tell({ action: 'asked', template_id, page_path });
        return (result, ok) => {
          // Nothing of this visitor's, if it was another who was asked.
          if (asked !== visitor()) return;
          for (const template_id of ids) {
            const action = ok ? answerOf(result as Result, template_id) : 'failed';
            tell({
              action,
              template_id,
              error_code: action === 'failed' ? result.errorCode || result.error || result.errNo || result.errCode : undefined,
              page_path,
            });
          }
        };
      }),
      host.on('appShow', ({ scene, path, query }: EnterOptions) => {
        const entry = JSON.stringify([scene, path, query]);
        if (entry !== last && scenes && scenes.test(`${scene}`))
          tell({
            action: 'opened',
            template_id: templateParam && Object(query)[templateParam],
            scene: `${scene}`,
            page_path: path,
          });
        last = entry;
      }),
    ];
  },
});
