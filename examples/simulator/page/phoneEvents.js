/** A batch's id and visitor, when the body can be read here (a compressed one cannot). */
const readBatch = (body) => {
  try {
    const { batch_id, batch, contexts } = JSON.parse(body);
    const ids = batch.map(({ id }) => id);
    return { batch_id, ids, eventCount: batch.length, anonymousId: contexts?.[0]?.anonymous_id };
  } catch {
    return null;
  }
};

/** How the shop's plugin `reportCaptured` says an event to the console. */
const CAPTURED = '[captured]';

export const eventKey = (id) => `event-${id}`;

/**
 * Turns the host's messages into entries of the timeline.
 *
 * @param endpoint the tracker's; other requests are the app's own
 */
export const createPhoneEvents = ({ timeline, visitors, endpoint, onVisitorKnown }) => {
  let count = 0;
  const attempts = new Map();
  /** Requests without an answer by their keys: the launch they belong to, and the events in them. */
  const pending = new Map();
  /** Events that were captured here and have not arrived yet, by id: `phone` or `sent`. */
  const stages = new Map();

  const moveTo = (stage, ids) => {
    for (const id of ids) {
      if (!stages.has(id)) continue;
      stages.set(id, stage);
      timeline.update(eventKey(id), { stage });
    }
  };

  const note = (visitor, at, text, more = {}) => {
    count += 1;
    timeline.add({ key: `phone-${count}`, kind: 'phone', visitor, at, text, ...more });
  };
  const requestKey = (launchNumber, id) => `request-${launchNumber}-${id}`;

  const handlers = {
    console({ args: [mark, line] }, { visitor, host }) {
      if (mark !== CAPTURED) return;
      const event = JSON.parse(line);
      stages.set(event.id, 'phone');
      timeline.add({ key: eventKey(event.id), kind: 'event', visitor, host, at: event.ts, arrival: event, stage: 'phone' });
    },
    lifecycle({ name, options, at }, { visitor, host }) {
      note(visitor, at, `phoneRow.${name}`, name === 'hide' ? {} : { scene: options?.scene, host });
    },
    route({ openType, path, query, at }, { visitor }) {
      note(visitor, at, `route.${openType}`, { path, query });
    },
    network({ isConnected, networkType, at }, { visitor }) {
      note(visitor, at, isConnected ? 'phoneRow.online' : 'phoneRow.offline', {
        note: isConnected ? networkType : undefined,
      });
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
      const ids = batch?.ids ?? [];
      pending.set(key, { launchNumber, ids });
      moveTo('sent', ids);
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
      // What was not taken is on the phone again; what was is moved on by the collector's own word.
      if (!(status < 300)) moveTo('phone', pending.get(key)?.ids ?? []);
      pending.delete(key);
      timeline.update(key, { ...outcome, answer: body, ms });
    },
    /** The process is gone, and with it whoever waited for an answer. */
    removed(_message, { launchNumber }) {
      for (const [key, request] of pending) {
        if (request.launchNumber !== launchNumber) continue;
        pending.delete(key);
        moveTo('phone', request.ids);
        timeline.update(key, { error: 'killed' });
      }
    },
  };

  return {
    take: (message, phone) => handlers[message.type]?.(message, phone),
    note,
    /** The collector has the event. */
    arrived: (id) => stages.delete(id),
  };
};
