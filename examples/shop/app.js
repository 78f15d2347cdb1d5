const tracker = require('./tracker'); // first: it instruments every App, Page and Component registered after it
const consent = require('./consent');
const i18n = require('./i18n');

App({
  /** For the console and the simulator: `getApp().tracker.stats()`. */
  tracker,

  onLaunch() {
    i18n.translateTabBar();
    consent.ask().then(() => this.refresh());
  },

  /** Switches the language of the page on top; the others follow when they are shown. */
  setLanguage(language) {
    i18n.setLanguage(language);
    this.refresh();
  },

  /** Draws the page on top anew. */
  refresh() {
    const page = getCurrentPages().pop();
    if (page) page.render();
  },
});
