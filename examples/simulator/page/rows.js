import { element } from './element.js';
import { kindOf } from './eventKinds.js';
import { bytes, clock, duration, pretty, withQuery } from './format.js';
import { gist } from './gist.js';
import { sceneName } from './scenes.js';
import { visitorBadge } from './visitorBadge.js';

const time = (ms) => element('time', { datetime: new Date(ms).toISOString() }, clock(ms));

const code = (title, value) => [element('h4', {}, title), element('pre', { tabindex: '0' }, pretty(value))];

/** A row that opens on click, Enter and Space; its details are made when they are first looked at. */
const expandable = (item, context, summary, details) => {
  const row = element('details', {}, element('summary', {}, summary));
  const fill = () => {
    if (row.open && row.children.length === 1) row.append(element('div', { class: 'row-details' }, details()));
  };
  row.open = context.openKeys.has(item.key);
  fill();
  row.addEventListener('toggle', () => {
    fill();
    if (row.open) context.openKeys.add(item.key);
    else context.openKeys.delete(item.key);
  });
  return row;
};

/** Where the event is: on the phone, sent and not answered, or with the collector. */
const stagePill = (stage, text) =>
  element('span', { class: 'pill stage', 'data-stage': stage, 'data-testid': 'stage' }, text(`stage.${stage}`));

/** Where in the account of its launch it stands, and when it arrived. */
const noteOf = ({ arrival, stage }, text) => {
  const { received_at, boot, seq, session_id } = arrival;
  const place = `${text('event.seq', { boot, seq })} · ${String(session_id ?? '').slice(0, 8)}`;
  return stage === 'received' ? `${place} · ${text('event.received', { time: clock(received_at) })}` : place;
};

const renderEvent = (item, context) => {
  const { text, visitors } = context;
  const { arrival } = item;
  const { id, name, properties, repeat } = arrival;
  const anonymousId = arrival.context?.anonymous_id;
  const visitor = item.visitor ?? visitors.nameOfId(anonymousId);
  const host = item.host ?? arrival.context?.platform;
  const summary = [
    time(item.at),
    element('span', { class: `dot kind-${kindOf(arrival)}` }),
    element(
      'span',
      { class: 'row-main' },
      element(
        'span',
        { class: 'row-title' },
        element('b', { class: `name kind-${kindOf(arrival)}` }, name),
        repeat && element('span', { class: 'tag warning' }, text('event.repeat')),
        properties?.recovered === true && element('span', { class: 'tag' }, text('event.recovered')),
        element('span', { class: 'gist' }, gist(properties, { host, language: context.language() })),
      ),
      element('span', { class: 'row-note' }, noteOf(item, text)),
    ),
    stagePill(item.stage, text),
    visitorBadge(visitor, anonymousId, text),
  ];
  const hasProperties = Object.keys(properties ?? {}).length > 0;
  const { repeat: _, ...event } = arrival;
  const row = expandable(item, context, summary, () => [
    ...(hasProperties
      ? code(text('event.properties'), properties)
      : [element('h4', {}, text('event.properties')), element('p', { class: 'hint' }, text('event.none'))]),
    ...code(text('event.rest'), event),
  ]);
  row.dataset.stage = item.stage;
  row.dataset.eventName = name;
  row.dataset.eventId = id;
  return row;
};

const renderRejected = (item, { text }) =>
  element(
    'div',
    { class: 'row-line' },
    time(item.at),
    element('span', { class: 'dot kind-error' }),
    element(
      'span',
      { class: 'row-main' },
      element('b', { class: 'name kind-error' }, text('event.rejected')),
      ' ',
      item.reason,
    ),
  );

/** The status and how good it is. */
const answerPill = ({ status, error }, text) => {
  if (status === undefined && error === undefined) {
    return element('span', { class: 'pill pending' }, text('request.pending'));
  }
  if (status === undefined) return element('span', { class: 'pill bad', title: error }, text('request.noAnswer'));
  return element('span', { class: `pill ${status < 300 ? 'good' : 'bad'}` }, String(status));
};

const renderRequest = (item, context) => {
  const { text } = context;
  const facts = [
    item.eventCount !== undefined &&
      text(item.eventCount === 1 ? 'request.event' : 'request.events', { count: item.eventCount }),
    // A request without a body.
    item.bytes > 0 && bytes(item.bytes),
    item.ms !== undefined && duration(item.ms),
  ];
  const summary = [
    time(item.at),
    element('span', { class: 'dot arrow', 'aria-hidden': 'true' }, '↑'),
    element(
      'span',
      { class: 'row-main' },
      element(
        'span',
        { class: 'row-title' },
        element('b', { class: 'name' }, text(item.isBatch ? 'request.name' : 'request.other')),
        item.attempt > 1 && element('span', { class: 'tag warning' }, text('request.attempt', { count: item.attempt })),
        element('span', { class: 'gist' }, facts.filter(Boolean).join(' · ')),
      ),
      element('span', { class: 'row-note' }, `${item.method} ${item.url}`),
    ),
    answerPill(item, text),
    visitorBadge(item.visitor, item.visitor, text),
  ];
  const row = expandable(item, context, summary, () => [
    ...code(text('request.sent'), item.body ?? ''),
    ...(item.answer || item.error ? code(text('request.answer'), item.answer || item.error) : []),
  ]);
  if (item.status !== undefined) row.dataset.status = item.status;
  if (item.attempt) row.dataset.attempt = item.attempt;
  return row;
};

const renderPhone = (item, { text, language }) =>
  element(
    'div',
    { class: 'row-line' },
    time(item.at),
    element('span', { class: 'dot' }),
    element(
      'span',
      { class: 'row-main' },
      text(item.text, { mode: item.mode && text(`server.${item.mode}`) }),
      item.path && element('code', {}, withQuery(item.path, item.query)),
      item.note && element('span', { class: 'gist' }, item.note),
      item.scene !== undefined && element('span', { class: 'gist' }, sceneName(item.host, item.scene, language())),
    ),
    visitorBadge(item.visitor, item.visitor, text),
  );

const RENDERERS = { event: renderEvent, request: renderRequest, phone: renderPhone };

/** One entry of the timeline. `context` has `text`, `language()`, `visitors` and `openKeys`. */
export const renderRow = (item, context) => {
  const render = item.reason ? renderRejected : RENDERERS[item.kind];
  return element('li', { class: `row ${item.kind}`, 'data-testid': `row-${item.kind}` }, render(item, context));
};
