/** The text of each code, English and Chinese. The subject, where there is one, stands before it on the console. */
export const TEXTS: Readonly<Record<number, readonly [en: string, zh: string]>> = {
  1: ['This threw. The app goes on.', '执行时抛出异常，小程序不受影响。'],
  2: [
    'The adapter is missing, nothing is tracked: createTracker({ adapter: wechat(), … }).',
    '缺少 adapter，不会采集任何数据：createTracker({ adapter: wechat(), … })。',
  ],
  3: [
    'This namespace is taken and its tracker is used. Give a second tracker its own namespace.',
    '该 namespace 已被占用，返回的是已有的 tracker。第二个 tracker 请使用自己的 namespace。',
  ],
  4: [
    'This option is unknown or outside of its range; its default or limit is used.',
    '该选项不存在或超出取值范围，已使用默认值或上限。',
  ],
  5: ["consent is one of 'pending', 'granted', 'denied'.", "consent 只能是 'pending'、'granted' 或 'denied'。"],
  6: ['Tracked after destroy(): lost.', '在 destroy() 之后调用，该事件已丢失。'],
  7: [
    'A value was changed or left out, because JSON cannot carry it or it is too large.',
    '有的值无法用 JSON 表示或过大，已被转换或省略。',
  ],
  8: [
    'This plugin does nothing: call it, as in pageView(); to autotrack(), which is given this name, none is known by it.',
    '该插件不起作用：插件需要调用，如 pageView()；若写在 autotrack() 中，则没有这个名字的插件。',
  ],
  9: ['An id must be text or a number, and not empty.', 'id 必须是非空的字符串或数字。'],
  10: ['An event needs a name: text, not blank.', '事件名必须是非空字符串。'],
  11: ["debug takes debug() of 'minitrail/debug'.", "debug 选项需要传入 'minitrail/debug' 的 debug()。"],
  13: [
    'beforeSend or enrich returns the event, a changed copy, or null: nothing else, and no promise. The event is dropped.',
    'beforeSend 或 enrich 必须返回事件、修改后的副本或 null，不能返回其他值或 Promise。该事件已丢弃。',
  ],
  14: [
    'This is too large to stand in front of every batch (8,192 characters), and is left out.',
    '内容过大（超过 8,192 个字符），无法随每一批上报，已省略。',
  ],
  15: [
    'This plugin is listed twice, or given to two trackers: its events repeat, or the two mix what they remember. Call it once for each tracker, as in pageView().',
    '该插件出现了两次，或传给了两个 tracker：事件会重复，或数据混在一起。请为每个 tracker 单独调用，如 pageView()。',
  ],
  20: [
    'The endpoint must be a URL such as https://…, or a cloud with env and name; events are kept.',
    'endpoint 必须是 https://… 形式的 URL，或写全 env 和名称的云；事件会保留。',
  ],
  21: ['Devices refuse http:, use https:.', '真机不允许 http:，请使用 https:。'],
  22: ['Events were dropped for this reason.', '有事件因此原因被丢弃。'],
  23: [
    'The endpoint answers with this status: check its address and key. Events are kept.',
    '上报地址返回该状态码：请检查地址和密钥。事件会保留。',
  ],
  24: [
    'Add the endpoint to the request domains in the console of the platform.',
    '请在小程序后台把上报域名加入 request 合法域名。',
  ],
  25: [
    'Nothing is sent for so long, because an earlier launch met this status, or was asked to wait.',
    '在这段时间内不会上报：上一次启动时上报地址返回了该状态码，或要求等待。',
  ],
  40: [
    'No page is seen: import the tracker first in app, or use tracker.wrapPage().',
    '没有采集到任何页面：请在 app 的第一行引入 tracker，或使用 tracker.wrapPage()。',
  ],
  60: [
    'A dataset is too large and left out: list what to take in the option dataset.',
    'dataset 过大，已省略：请用 dataset 选项列出需要采集的字段。',
  ],
  61: [
    'This experiment has no variant: name it in experiment({ experiments: { … } }).',
    '该实验没有任何方案：请在 experiment({ experiments: { … } }) 中声明。',
  ],
  63: [
    'This option is unknown to the plugin or outside of its range, and is not used: see its page in docs/plugins.',
    '该插件没有这个选项，或取值超出范围，未生效：请查看 docs/plugins 中该插件的文档。',
  ],
  64: [
    'This rule is not used: it lacks id or event, a value is out of its range, it names no handler of remoteRules({ handlers }), or there are more than 20, or more than 3,500 characters with the tags.',
    '该规则未生效：缺少 id 或 event，取值超出范围，then 不在 remoteRules({ handlers }) 中，或规则超过 20 条，或连同标签超过 3,500 个字符。',
  ],
  90: [
    'This format was not called, or lacks its option: format: segment({ writeKey: … }). Events are kept, not sent.',
    'format 没有被调用，或缺少该选项，应写成 format: segment({ writeKey: … })。事件会保留，不会发送。',
  ],
  80: ['Taps are missing: make this call.', '采集不到点击：请加上此调用。'],
};
