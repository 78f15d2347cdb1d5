import { element } from './element.js';

const sumOf = (counts = {}) => Object.values(counts).reduce((sum, count) => sum + count, 0);

/**
 * The tracker's own account.
 *
 * @param parts `container` for the figures, `state` for what delivery is doing, `balance` for the sum
 */
export const createStatsPanel = ({ container, state, balance }, { text }) => {
  let stats = null;
  let now = Date.now();

  const figure = (name, value, title) =>
    element(
      'div',
      { class: 'figure', title },
      element('dt', {}, text(`stats.${name}`)),
      element('dd', { 'data-testid': `stats-${name}` }, String(value ?? 0)),
    );

  const stateText = () => {
    const name = text(`state.${stats.state}`);
    const seconds = Math.ceil((stats.notBefore - now) / 1000);
    return seconds > 0 ? `${name} ${text('stats.until', { seconds })}` : name;
  };

  const render = () => {
    state.hidden = !stats;
    balance.parentElement.hidden = !stats;
    if (!stats) {
      container.replaceChildren(element('p', { class: 'hint' }, text('stats.empty')));
      return;
    }
    state.textContent = stateText();
    state.dataset.state = stats.state;

    const dropped = sumOf(stats.dropped);
    const inFlight = stats.inFlight ?? 0;
    const parts = { acknowledged: stats.acknowledged, inFlight, waiting: stats.waiting - inFlight, dropped };
    const total = stats.accepted + (stats.recovered ?? 0);
    const isBalanced = stats.acknowledged + stats.waiting + dropped === total;
    const reasons = Object.entries(stats.dropped ?? {})
      .filter(([, count]) => count > 0)
      .map(([reason, count]) => `${text(`drop.${reason}`)} ${count}`);

    balance.parentElement.className = `balance ${isBalanced ? 'good' : 'bad'}`;
    balance.title = text('stats.sum');
    balance.textContent = [
      `${total} = ${stats.acknowledged} + ${stats.waiting} + ${dropped}`,
      text(isBalanced ? 'stats.balanced' : 'stats.unbalanced'),
      ...reasons,
    ].join(' · ');

    container.replaceChildren(
      element(
        'div',
        { class: 'bar', role: 'img', 'aria-label': text('stats.bar', parts) },
        Object.entries(parts).map(
          ([name, count]) => count > 0 && element('span', { class: `part-${name}`, style: `flex-grow:${count}` }),
        ),
      ),
      element(
        'dl',
        { class: 'figures' },
        figure('accepted', stats.accepted),
        figure('acknowledged', stats.acknowledged),
        figure('waiting', stats.waiting),
        figure('inFlight', inFlight),
        figure('stored', stats.stored),
        figure('dropped', dropped, reasons.join(' · ')),
        figure('requests', stats.requests),
        figure('recovered', stats.recovered),
      ),
    );
  };

  render();
  return {
    get stats() {
      return stats;
    },
    /** @param next what `tracker.stats()` returned, or `null` when nothing runs */
    show(next) {
      stats = next;
      now = Date.now();
      render();
    },
    refresh: render,
  };
};
