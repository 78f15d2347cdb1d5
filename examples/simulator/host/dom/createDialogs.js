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

  /** What is under a dialog takes neither taps nor the keyboard. */
  const setInert = (isInert) => {
    for (const part of layer.parentElement.children) if (part !== layer) part.inert = isInert;
  };

  /** Shows a dialog until one of its buttons answers; the escape key answers `dismissed`, if it may be dismissed. */
  const ask = (build, dismissed) =>
    new Promise((resolve) => {
      const focusedBefore = document.activeElement;
      const answer = (value) => {
        veil.remove();
        setInert(layer.querySelector('.phone-veil') !== null);
        focusedBefore?.focus?.({ preventScroll: true });
        resolve(value);
      };
      const veil = el('div', { className: 'phone-veil' });
      const dialog = build(answer);
      dialog.setAttribute('role', 'dialog');
      dialog.setAttribute('aria-label', dialog.querySelector('h3, .phone-menu-title')?.textContent || texts.more);
      veil.addEventListener('keydown', ({ key }) => key === 'Escape' && dismissed && answer(dismissed.value));
      veil.append(dialog);
      layer.append(veil);
      setInert(true);
      if (document.hasFocus()) dialog.querySelector('.primary, button')?.focus();
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
      ask(
        (answer) =>
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
        showCancel && { value: false },
      ),

    /** @returns {Promise<number>} the index, -1 when dismissed */
    actionSheet: ({ itemList = [] }) =>
      ask(
        (answer) =>
          el(
            'div',
            { className: 'phone-sheet' },
            ...itemList.map((text, index) => el('button', { onclick: () => answer(index) }, text)),
            el('button', { className: 'phone-sheet-cancel', onclick: () => answer(-1) }, texts.cancel),
          ),
        { value: -1 },
      ),

    /** The menu behind the capsule's “…”. @param {{ text: string, symbol: string, enabled: boolean, run: () => void }[]} entries */
    menu: (title, entries) =>
      ask(
        (answer) =>
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
        { value: undefined },
      ),

    destroy: hideToast,
  };
};
