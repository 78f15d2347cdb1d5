import { readVisitor } from 'minitrail/webview';

/**
 * What a page in the web-view sends to the collector, in the same format as the mini-program. It goes on as the visitor
 * that the address names; each load is a launch of its own, numbered by its second, as the page keeps no counter.
 */
export const pageBatch = ({ now, id, path }) => {
  const { anonymousId, sessionId } = readVisitor();
  return {
    schema: 'minitrail/1',
    batch_id: id(),
    sent_at: now,
    clock_offset_ms: 0,
    contexts: [{ anonymous_id: anonymousId, platform: 'web', sdk: 'minitrail/webview', network_type: 'unknown' }],
    batch: [
      {
        id: id(),
        boot: Math.floor(now / 1000),
        seq: 0,
        type: 'auto',
        name: 'page_view',
        ts: now,
        session_id: sessionId,
        properties: { path, query: {} },
        context: 0,
      },
    ],
    drops: {},
  };
};
