// Whether the shop may collect: asked at the first launch, kept, and changed on the "me" page.
const host = require('./host');
const i18n = require('./i18n');
const store = require('./store');
const tracker = require('./tracker');

/** Keeps the decision and tells the tracker. */
function decide(decision) {
  store.setConsent(decision);
  tracker.setConsent(decision);
}

/** Asks a visitor who has not decided yet. Resolves when there is nothing left to ask. */
function ask() {
  if (store.consent()) return Promise.resolve();
  return host.ask(i18n.texts('consent')).then((isGranted) => {
    // Not when the host could not ask: then the next launch does.
    if (isGranted !== null) decide(isGranted ? 'granted' : 'denied');
  });
}

module.exports = { ask, decide };
