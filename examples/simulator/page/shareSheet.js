import { element } from './element.js';
import { ENTRIES, sceneOf } from './scenes.js';

const NEW_VISITOR = '';

/** `/pages/a/a?x=1` whichever way the host says it: the timeline gives the query apart from the page. */
const fullPath = ({ path = '', query = '' }) => {
  const [page, ownQuery = ''] = path.split('?');
  const wanted = query || ownQuery;
  return wanted ? `${page}?${wanted}` : page;
};

/** A path of the project is served below `shop/`; anything with a scheme is taken as it is. */
const imageAddress = (imageUrl) => (/^[a-z]+:/i.test(imageUrl) ? imageUrl : `shop/${imageUrl.replace(/^\//, '')}`);

/**
 * The card that was just shared, and who opens it.
 *
 * @param parts `scrim` over the phone's screen, with the `sheet` in it
 * @param onOpen called with `{ visitor, path, scene }`; no `visitor` means a new one
 */
export const createShareSheet = ({ scrim, sheet }, translator, visitors, onOpen) => {
  let share = null;
  let focusedBefore = null;

  const setPhoneInert = (isInert) => {
    for (const frame of scrim.parentElement.querySelectorAll('iframe:not(.retired)')) frame.inert = isInert;
  };

  const close = () => {
    if (!share) return;
    share = null;
    scrim.hidden = true;
    setPhoneInert(false);
    sheet.replaceChildren();
    focusedBefore?.focus?.();
  };

  const render = () => {
    if (!share) return;
    const { text, language } = translator;
    const others = visitors.names().filter((name) => name !== share.visitor);
    const who = element(
      'select',
      { 'data-testid': 'share-visitor', id: 'share-visitor' },
      others.map((name) => element('option', { value: name }, text('visitor.name', { name }))),
      element('option', { value: NEW_VISITOR }, text('share.newVisitor')),
      element('option', { value: share.visitor }, text('share.self', { name: text('visitor.name', { name: share.visitor }) })),
    );
    const entry = element(
      'select',
      { 'data-testid': 'share-scene', id: 'share-scene' },
      ENTRIES[share.host][share.kind].map((code) =>
        element('option', { value: code }, `${code} · ${sceneOf(share.host, code)[language]}`),
      ),
    );
    const open = () => {
      const path = fullPath(share);
      const { code: scene } = sceneOf(share.host, entry.value);
      close();
      onOpen({ visitor: who.value || undefined, path, scene });
    };
    sheet.replaceChildren(
      element(
        'div',
        { class: 'sheet-head' },
        element('strong', { id: 'share-title' }, text(`share.${share.kind}`)),
        element('span', { class: 'hint' }, text('share.by', { name: share.visitor })),
        element(
          'button',
          { class: 'ghost', type: 'button', onclick: close, 'data-testid': 'share-close' },
          text('share.close'),
        ),
      ),
      element(
        'figure',
        { class: 'card', 'data-testid': 'share-card' },
        share.imageUrl &&
          element('img', { src: imageAddress(share.imageUrl), alt: '', onerror: ({ target }) => target.remove() }),
        element(
          'figcaption',
          {},
          element('b', { 'data-testid': 'share-card-title' }, share.title || text('share.untitled')),
          element('code', { 'data-testid': 'share-card-path' }, fullPath(share)),
        ),
      ),
      element('label', { for: 'share-visitor' }, text('share.as')),
      who,
      element('label', { for: 'share-scene' }, text('share.entry')),
      entry,
      element('button', { class: 'primary', type: 'button', onclick: open, 'data-testid': 'share-open' }, text('share.open')),
    );
  };

  scrim.addEventListener('click', ({ target }) => {
    if (target === scrim) close();
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });

  return {
    /** @param next the host's `share` message, with the sharer as `visitor` and the `host` it happened on */
    open(next) {
      focusedBefore = document.activeElement;
      share = next;
      scrim.hidden = false;
      setPhoneInert(true);
      render();
      sheet.querySelector('[data-testid="share-open"]').focus();
    },
    close,
    refresh: render,
  };
};
