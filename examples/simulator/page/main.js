// The map of the page: the phone's messages and the collector's stream on one side, the panels on the other.
import { createAuditPanel } from './auditPanel.js';
import { followCollector, switchAnswers } from './collectorStream.js';
import { createControls } from './controls.js';
import { byTestId } from './element.js';
import { createFlushAnswer } from './flushAnswer.js';
import { firstHost, rememberHost } from './hosts.js';
import { createOwnProject } from './ownProject.js';
import { createPhone } from './phone.js';
import { createPhoneEvents, eventKey } from './phoneEvents.js';
import { createPhoneOverlay } from './phoneOverlay.js';
import { createShareSheet } from './shareSheet.js';
import { createSharesPanel } from './sharesPanel.js';
import { createStatsPanel } from './statsPanel.js';
import { createTimeline } from './timeline.js';
import { createTranslator } from './translator.js';
import { createVisitors } from './visitors.js';

/** Beside the page, which is served below `/shop/`, too. */
const besidePage = (path) => new URL(path, document.baseURI).href;
const ENDPOINT = besidePage('v1/events');
const STATS_EVERY_MS = 1000;
/** Whoever watches the report beside the shop sees each tap in it within two seconds. */
const WATCHED_FLUSH_MS = 1000;

const translator = createTranslator();
const visitors = createVisitors();
let visitor = visitors.names()[0];
let host = firstHost();
/** `off`, `starting`, `foreground`, `background`, `killed` or `failed` */
let app = 'off';
let isOffline = false;

const timeline = createTimeline(
  { list: byTestId('timeline'), empty: byTestId('timeline-empty'), filters: byTestId('filters') },
  translator,
  visitors,
);
const statsPanel = createStatsPanel(
  { container: byTestId('stats'), state: byTestId('stats-state'), balance: byTestId('stats-balance') },
  translator,
);
const flushAnswer = createFlushAnswer(translator);
const auditPanel = createAuditPanel(
  { table: byTestId('audit'), body: byTestId('audit-rows'), empty: byTestId('audit-empty'), verdict: byTestId('verdict') },
  translator,
  visitors,
);
const sharesPanel = createSharesPanel({ panel: byTestId('shares'), body: byTestId('share-rows') }, translator, visitors);
const ownProject = createOwnProject(byTestId('own'), ENDPOINT, translator, visitors);
const phoneEvents = createPhoneEvents({
  timeline,
  visitors,
  endpoint: ENDPOINT,
  onVisitorKnown() {
    auditPanel.refresh();
    ownProject.refresh();
    sharesPanel.refresh();
    timeline.refresh();
  },
});

// --- the phone

const setApp = (next, error) => {
  app = next;
  controls.show({ app, visitor, host });
  overlay.show(app, error);
  const isRunning = app === 'foreground' || app === 'background';
  if (!isRunning) statsPanel.show(null);
  flushAnswer.clear();
};

const readStats = async () => {
  if (app !== 'foreground' && app !== 'background') return;
  const answer = await phone.call('tracker.stats');
  if (!answer?.result) return;
  statsPanel.show(answer.result);
  flushAnswer.follow(answer.result);
};
setInterval(readStats, STATS_EVERY_MS);

const appHandlers = {
  lifecycle({ name }) {
    if (name === 'show') setApp('foreground');
    if (name === 'hide') setApp('background');
    readStats();
  },
  failed: ({ error }) => setApp('failed', error),
  route: readStats,
  network: readStats,
  request: readStats,
  response: readStats,
};
const phone = createPhone(byTestId('screen'), (message, from) => {
  phoneEvents.take(message, from);
  if (!from.isCurrent) return;
  appHandlers[message.type]?.(message);
  if (message.type === 'share') shareSheet.open({ ...message, visitor: from.visitor, host: from.host });
});

/** The reports on this shop, where a server for them runs beside it. */
let report;
const links = fetch('page/links.json')
  .then((response) => response.json())
  .then((found) => {
    ({ report } = found);
    if (report) Object.assign(byTestId('report'), { href: report, hidden: false });
  });

const ext = () => ({
  endpoint: ENDPOINT,
  ...(report && { flushIntervalMs: WATCHED_FLUSH_MS }),
  recommendations: besidePage('v1/recommendations'),
  lang: translator.language,
  reportCaptured: true,
  heldOut: 0,
});
const device = () => ({ language: translator.language === 'zh' ? 'zh_CN' : 'en' });

const start = (launch = {}) => {
  shareSheet.close();
  if (launch.scene) controls.scene = launch.scene;
  setApp('starting');
  phone.start({
    visitor,
    host,
    launch: { scene: controls.scene, ...launch },
    ext: ext(),
    device: device(),
    isOffline,
  });
};

const startAs = (name, launch) => {
  visitor = name ?? visitors.add();
  start(launch);
};

// --- what the person at the page does

const controls = createControls(translator, visitors, {
  launch: () => start(),
  async relaunch() {
    if (app === 'foreground') await phone.leave();
    start();
  },
  background: () => phone.send({ type: 'hide' }),
  foreground: () => phone.send({ type: 'show' }),
  kill() {
    phone.kill();
    shareSheet.close();
    phoneEvents.note(visitor, Date.now(), 'phoneRow.killed');
    setApp('killed');
  },
  visitor: (name) => startAs(name),
  newVisitor: () => startAs(undefined),
  host(next) {
    if (next === host) return;
    host = next;
    rememberHost(host);
    const wasUsed = phone.visitor !== null || app === 'killed';
    if (wasUsed) start();
    else setApp(app);
  },
  offline(next) {
    isOffline = next;
    phone.send({ type: 'online', value: !isOffline });
    controls.show({ isOffline });
  },
  answers: (mode) => switchAnswers(mode),
  language(next) {
    translator.language = next;
  },
});
const overlay = createPhoneOverlay(byTestId('overlay'), translator, () => phone.send({ type: 'show' }));
const shareSheet = createShareSheet(
  { scrim: byTestId('share-scrim'), sheet: byTestId('share-sheet') },
  translator,
  visitors,
  ({ visitor: name, path, scene }) => startAs(name, { path, scene }),
);
byTestId('clear').addEventListener('click', () => timeline.clear());
const sendNow = async () => {
  const answer = await phone.call('tracker.flush');
  await readStats();
  // A server that does not answer keeps the flush open for longer than the page waits: then the account tells of it.
  flushAnswer.show(answer?.result ?? statsPanel.stats, statsPanel.stats);
};
byTestId('flush').addEventListener('click', sendNow);

translator.onChange(async (language) => {
  const parts = [controls, overlay, shareSheet, statsPanel, flushAnswer, auditPanel, ownProject, sharesPanel, timeline];
  for (const part of parts) part.refresh();
  if (!phone.visitor) return;
  phone.send({ type: 'ext', value: ext() });
  phone.send({ type: 'device', value: device() });
  // An app that cannot change its language while it runs reads it again at the next launch. One that is slow is no such app.
  const answer = await phone.call('setLanguage', language);
  if (answer?.error) start();
});

// --- what the collector sees

let isFirstHello = true;
let arrivalCount = 0;
const addArrivals = (arrivals) => {
  for (const arrival of arrivals) {
    const key = eventKey(arrival.id);
    const received = { kind: 'event', arrival, stage: 'received' };
    phoneEvents.arrived(arrival.id);
    if (!arrival.repeat && timeline.has(key)) timeline.update(key, received);
    else timeline.add({ ...received, key: arrival.repeat ? `${key}-${arrival.received_at}` : key, at: arrival.received_at });
  }
};
const showMode = ({ mode }) => controls.show({ mode });

followCollector({
  hello(state) {
    // The first time the page starts empty; after a lost connection it catches up.
    if (!isFirstHello) addArrivals(state.recent);
    isFirstHello = false;
    auditPanel.show(state.audit);
    ownProject.show(state.audit);
    sharesPanel.show(state.shares);
    showMode(state);
  },
  events({ arrivals, rejected, audit, shares }) {
    addArrivals(arrivals);
    for (const { id, reason } of rejected) {
      arrivalCount += 1;
      timeline.add({
        key: `rejected-${id}-${arrivalCount}`,
        kind: 'event',
        at: Date.now(),
        reason: `${id ?? '?'}: ${reason}`,
      });
    }
    auditPanel.show(audit);
    ownProject.show(audit);
    sharesPanel.show(shares);
  },
  mode({ mode }) {
    phoneEvents.note(null, Date.now(), 'phoneRow.mode', { mode });
    showMode({ mode });
  },
  connection(isConnected) {
    const status = byTestId('connection');
    status.dataset.connected = isConnected;
    status.dataset.text = isConnected ? 'connection.on' : 'connection.off';
    status.textContent = translator.text(status.dataset.text);
  },
});

// What scrolls must be reached by the keyboard.
for (const area of document.querySelectorAll('.scroll')) area.tabIndex = 0;
setApp('off');
// `?launch=0` leaves the phone off, to choose a visitor and a scene first.
if (new URLSearchParams(location.search).get('launch') !== '0') links.finally(() => start());
