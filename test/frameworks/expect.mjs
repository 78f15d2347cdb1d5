import { isDeepStrictEqual } from 'node:util';
import { READING_MS, SCENES, SENDING_MS, TAP_MS } from './drive.mjs';

const INDEX = 'pages/index/index';
const DETAIL = 'pages/detail/index';
const FROM_FRIEND = '{"from":"friend"}';

/** What the visit of drive.mjs leaves behind, on every host and with every framework. */
const LINES = {
  wechat: lines(SCENES.wechat),
  alipay: lines(SCENES.alipay),
  douyin: lines(SCENES.douyin),
};

function lines(scene) {
  return [
    `1 app_launch ${INDEX} ${FROM_FRIEND} ${scene}`,
    '1 app_show',
    `1 page_view ${INDEX} ${FROM_FRIEND}`,
    `1 tap refresh ${INDEX}`,
    `1 tap add ${INDEX}`,
    `1 tap plus ${INDEX}`,
    `1 tap plus ${INDEX}`,
    `1 share menu ${INDEX}`,
    `1 tap open ${INDEX}`,
    `1 page_leave ${INDEX} ${READING_MS + 5 * TAP_MS}`,
    `1 page_view ${DETAIL} {"tea":"sencha"} after ${INDEX}`,
    `1 tap buy ${DETAIL}`,
    `1 page_leave ${DETAIL} ${READING_MS + 2 * TAP_MS}`,
    `1 page_view ${INDEX} ${FROM_FRIEND} after ${DETAIL}`,
    `1 page_leave ${INDEX} ${READING_MS}`,
    `1 app_hide ${3 * READING_MS + 7 * TAP_MS}`,
    '1 app_show',
    `1 page_view ${INDEX} ${FROM_FRIEND} resumed`,
    `1 tap refresh ${INDEX}`,
    `2 app_launch ${INDEX} {} ${scene}`,
    `2 page_leave ${INDEX} recovered`,
    '2 app_show',
    `2 page_view ${INDEX} {}`,
  ];
}

const DETAILS = {
  app_launch: ({ path, query = {}, scene }) => [path, JSON.stringify(query), scene],
  app_show: () => [],
  app_hide: ({ duration_ms }) => [duration_ms],
  page_view: ({ path, query, referrer_path, resumed }) => [
    path,
    JSON.stringify(query),
    ...(referrer_path ? ['after', referrer_path] : []),
    ...(resumed ? ['resumed'] : []),
  ],
  page_leave: ({ path, duration_ms, recovered }) => [path, recovered ? 'recovered' : duration_ms],
  tap: ({ element_id, page_path }) => [element_id, page_path],
  share: ({ method, page_path }) => [method, page_path],
};

const lineOf = ({ boot, name, properties }) => [boot, name, ...(DETAILS[name]?.(properties) ?? [])].join(' ');

/** What of `list` is not in `others`, each as often as it is there. */
const beyond = (list, others) => {
  const left = [...others];
  return list.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

const difference = (expected, actual) => {
  const problems = [
    ...beyond(expected, actual).map((line) => `missing: ${line}`),
    ...beyond(actual, expected).map((line) => `unexpected: ${line}`),
  ];
  if (problems.length) return problems;
  const at = expected.findIndex((line, index) => line !== actual[index]);
  return at < 0 ? [] : [`in another order: ${actual[at]} where ${expected[at]} belongs`];
};

/** The page's own card, with nothing but the tag behind its path. */
const cardProblems = (card, ownCard, events) => {
  if (!card || ownCard?.path !== '/pages/detail/index?tea=sencha') return [`nothing was shared, or ${ownCard?.path}`];
  const share = events.find(({ name }) => name === 'share');
  const [path, token] = card.path.split('&_mt=');
  return [
    ...(isDeepStrictEqual({ ...card, path }, ownCard) ? [] : [`the card is ${JSON.stringify(card)}`]),
    ...(share && token?.includes(share.properties.share_id) ? [] : [`the card's tag is ${token}`]),
  ];
};

/**
 * @param {string} platform
 * @param {Awaited<ReturnType<typeof import('./drive.mjs').drive>>} visit
 * @param {typeof visit} control the same without a tracker
 * @returns {Record<string, string[]>} column → what is wrong there
 */
export const check = (platform, { events, card, menus, screens, deliveredOffline, problems }, control) => {
  const actual = events.map(lineOf);
  const compare = (pattern) => {
    const some = (list) => list.filter((line) => pattern.test(line));
    return difference(some(LINES[platform]), some(actual));
  };
  const recovered = events.find(({ properties }) => properties.recovered);
  const duration = recovered?.properties.duration_ms;
  const shownMs = 2 * SENDING_MS + TAP_MS;

  return {
    launch: [
      ...compare(/^1 app_launch/),
      ...events.filter((event) => event.platform !== platform).map((event) => `${event.name} names ${event.platform}`),
    ],
    page: compare(/^1 page_view/),
    leave: compare(/^1 page_leave/),
    tap: compare(/^1 tap/),
    share: [
      ...compare(/^1 share/),
      ...cardProblems(card, control.card, events),
      // One of the two pages does not share.
      ...(isDeepStrictEqual(menus, control.menus) ? [] : [`the menus are ${JSON.stringify(menus)}`]),
    ],
    'hide/show': compare(/^1 app_(show|hide)/),
    'kill & recover': [
      ...compare(/^2/),
      ...(actual.filter((line) => line === `1 tap refresh ${INDEX}`).length === 2 ? [] : ['the tap without a network is lost']),
      ...(deliveredOffline ? [`${deliveredOffline} events left without a network`] : []),
      ...(duration >= shownMs / 2 && duration <= shownMs ? [] : [`the killed page has ${duration} of ${shownMs} ms`]),
    ],
    // Nothing more than expected, in the order of its happening, and an app that looks as it does without a tracker.
    'app intact': [
      ...difference(LINES[platform], actual),
      ...difference(control.screens, screens),
      ...control.events.map((event) => `without a tracker: ${lineOf(event)}`),
      ...new Set([...control.problems, ...problems]),
    ],
  };
};
