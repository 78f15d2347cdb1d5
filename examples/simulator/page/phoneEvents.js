/** A batch's id and visitor, when the body can be read here (a compressed one cannot). */
const readBatch = (body) => {
  try {
    const { batch_id, batch, contexts } = JSON.parse(body);
    return { batch_id, eventCount: batch.length, anonymousId: contexts?.[0]?.anonymous_id };
  } catch {
    return null;
  }
};

/**
 * Turns the host's messages into entries of the timeline.
 *
 * @param endpoint the tracker's; other requests are the app's own
 */
export const createPhoneEvents = ({ timeline, visitors, endpoint, onVisitorKnown }) => {
  let count = 0;
  const attempts = new Map();
  /** Keys of requests without an answer → the launch they belong to. */
  const pending = new Map();

  const note = (visitor, at, text, more = {}) => {
    count += 1;
    timeline.add({ key: `phone-${count}`, kind: 'phone', visitor, at, text, ...more });
  };
  const requestKey = (launchNumber, id) => `request-${launchNumber}-${id}`;

  const handlers = {
    lifecycle({ name, options, at }, { visitor }) {
      const scene = options?.scene === undefined ? '' : `scene ${options.scene}`;
      note(visitor, at, `phoneRow.${name}`, name === 'hide' ? {} : { note: scene });
    },
    route({ openType, path, query, at }, { visitor }) {
      note(visitor, at, `route.${openType}`, { path, query });
    },
    network({ isConnected, networkType, at }, { visitor }) {
      note(visitor, at, isConnected ? 'phoneRow.online' : 'phoneRow.offline', { note: networkType });
    },
    share({ kind, title, at }, { visitor }) {
      note(visitor, at, `share.${kind}`, { note: title });
    },
    error({ message, at }, { visitor }) {
      note(visitor, at, 'phoneRow.error', { note: message });
    },
    request({ id, url, method, body, bytes, at }, { visitor, host, launchNumber }) {
      const isBatch = url === endpoint;
      const batch = isBatch ? readBatch(body) : null;
      if (batch?.anonymousId && visitors.nameOfId(batch.anonymousId) !== visitor) {
        visitors.learn(visitor, batch.anonymousId, host);
        onVisitorKnown();
      }
      const attempt = batch ? (attempts.get(batch.batch_id) ?? 0) + 1 : undefined;
      if (batch) attempts.set(batch.batch_id, attempt);
      const key = requestKey(launchNumber, id);
      pending.set(key, launchNumber);
      timeline.add({
        key,
        kind: 'request',
        visitor,
        at,
        url: new URL(url, location.href).pathname,
        method,
        body,
        bytes,
        isBatch,
        attempt,
        eventCount: batch?.eventCount,
      });
    },
    response({ id, status, error, body, ms }, { launchNumber }) {
      const outcome = status === undefined ? { error: error ?? '–' } : { status };
      const key = requestKey(launchNumber, id);
      pending.delete(key);
      timeline.update(key, { ...outcome, answer: body, ms });
    },
    /** The process is gone, and with it whoever waited for an answer. */
    removed(_message, { launchNumber }) {
      for (const [key, launch] of pending) {
        if (launch !== launchNumber) continue;
        pending.delete(key);
        timeline.update(key, { error: 'killed' });
      }
    },
  };

  return {
    take: (message, phone) => handlers[message.type]?.(message, phone),
    note,
  };
};
