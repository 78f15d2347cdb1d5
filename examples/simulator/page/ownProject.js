import { element } from './element.js';

/**
 * How to send a project of one's own here, and what has come of it.
 *
 * @param container
 * @param endpoint the address to paste
 * @param visitors whose installations are the shop's; all others are the project's
 */
export const createOwnProject = (container, endpoint, { text }, visitors) => {
  let audit = [];
  let isOpen = false;
  let isCopied = false;

  const arrivals = () => {
    const own = audit.filter((row) => !visitors.isOfShop(row));
    if (own.length === 0) return text('own.waiting');
    const sum = (key) => own.reduce((total, row) => total + row[key], 0);
    return text('own.arrived', { arrived: sum('arrived'), launches: own.length, missing: sum('missing') });
  };

  const copy = async () => {
    await navigator.clipboard.writeText(endpoint);
    isCopied = true;
    render();
    container.querySelector('button').focus();
  };

  const render = () => {
    const details = element(
      'details',
      { open: isOpen },
      element('summary', {}, text('own.title')),
      element(
        'div',
        { class: 'steps' },
        element('p', {}, text('own.endpoint')),
        element(
          'div',
          { class: 'address' },
          element('code', { 'data-testid': 'own-endpoint' }, endpoint),
          element('button', { class: 'ghost', type: 'button', onclick: copy }, text(isCopied ? 'own.copied' : 'own.copy')),
        ),
        element('pre', { tabindex: '0' }, `createTracker({\n  …\n  endpoint: '${endpoint}',\n})`),
        element('p', {}, text('own.devtools')),
        element('p', {}, text('own.device')),
        element('p', { role: 'status', 'data-testid': 'own-arrived' }, element('strong', {}, arrivals())),
      ),
    );
    details.addEventListener('toggle', () => {
      isOpen = details.open;
    });
    container.replaceChildren(details);
  };

  const showArrivals = () => container.querySelector('[role="status"] strong').replaceChildren(arrivals());

  render();
  return {
    show(next) {
      audit = next;
      showArrivals();
    },
    refresh: render,
  };
};
