import { el } from './el.js';

const ICONS = { success: '✓', error: '✕', loading: '' };

/** Toasts, modals and action sheets over the page. @param {HTMLElement} layer @param {Record<string, string>} texts */
export const createDialogs = (layer, texts) => {
  let toastBox = null;
  let toastTimer = 0;

  const hideToast = () => {
    clearTimeout(toastTimer);
    toastBox?.remove();
    toastBox = null;
  };

  /** Shows a dialog until one of its buttons answers. */
  const ask = (build) =>
    new Promise((resolve) => {
      const answer = (value) => {
        veil.remove();
        resolve(value);
      };
      const veil = el('div', { className: 'phone-veil' });
      veil.append(build(answer));
      layer.append(veil);
    });

  return {
    toast(options) {
      hideToast();
      if (!options) return;
      const { title, icon, duration } = options;
      const mark = icon === 'none' ? null : el('span', { className: `phone-toast-icon ${icon}` }, ICONS[icon] ?? ICONS.success);
      toastBox = el('div', { className: icon === 'none' ? 'phone-toast plain' : 'phone-toast' }, mark, el('span', {}, title));
      layer.append(toastBox);
      if (duration > 0) toastTimer = setTimeout(hideToast, duration);
    },

    modal: ({ title = '', content = '', showCancel = true, cancelText = texts.cancel, confirmText = texts.confirm }) =>
      ask((answer) =>
        el(
          'div',
          { className: 'phone-modal' },
          el('h3', {}, title),
          el('p', {}, content),
          el(
            'div',
            { className: 'phone-modal-buttons' },
            showCancel ? el('button', { onclick: () => answer(false) }, cancelText) : null,
            el('button', { className: 'primary', onclick: () => answer(true) }, confirmText),
          ),
        ),
      ),

    /** @returns {Promise<number>} the index, -1 when dismissed */
    actionSheet: ({ itemList = [] }) =>
      ask((answer) =>
        el(
          'div',
          { className: 'phone-sheet' },
          ...itemList.map((text, index) => el('button', { onclick: () => answer(index) }, text)),
          el('button', { className: 'phone-sheet-cancel', onclick: () => answer(-1) }, texts.cancel),
        ),
      ),

    /** The menu behind the capsule's “…”. @param {{ text: string, symbol: string, enabled: boolean, run: () => void }[]} entries */
    menu: (title, entries) =>
      ask((answer) =>
        el(
          'div',
          { className: 'phone-sheet phone-menu' },
          el('div', { className: 'phone-menu-title' }, title),
          el(
            'div',
            { className: 'phone-menu-entries' },
            ...entries.map(({ text, symbol, enabled, run }) =>
              el(
                'button',
                {
                  disabled: !enabled,
                  onclick: () => {
                    answer();
                    run();
                  },
                },
                el('i', {}, symbol),
                el('span', {}, text),
              ),
            ),
          ),
          el('button', { className: 'phone-sheet-cancel', onclick: () => answer() }, texts.cancel),
        ),
      ),

    destroy: hideToast,
  };
};
