import { element } from './element.js';

/** What covers the phone's screen while the shop is not there to be used. */
export const createPhoneOverlay = (overlay, { text }, onReturn) => {
  let current = { app: 'off', error: null };

  const render = () => {
    const { app, error } = current;
    overlay.hidden = app === 'foreground';
    overlay.dataset.app = app;
    const lines = {
      off: ['phone.off', 'phone.off.hint'],
      killed: ['phone.killed', 'phone.killed.hint'],
      starting: ['phone.loading'],
      background: ['phone.background', 'phone.background.hint'],
      failed: ['phone.failed'],
      foreground: [],
    }[app];
    overlay.replaceChildren(
      ...lines.map((key, index) => element(index === 0 ? 'strong' : 'p', {}, text(key))),
      ...(error ? [element('pre', {}, error)] : []),
      ...(app === 'background'
        ? [element('button', { type: 'button', class: 'primary', onclick: onReturn }, text('phone.background.return'))]
        : []),
    );
  };

  render();
  return {
    /** @param app `off`, `starting`, `foreground`, `background`, `killed` or `failed`, with its `error` */
    show(app, error = null) {
      current = { app, error };
      render();
    },
    refresh: render,
  };
};
