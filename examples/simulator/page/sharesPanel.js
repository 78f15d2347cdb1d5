import { element } from './element.js';
import { visitorBadge } from './visitorBadge.js';

const yuan = (amount) => (amount ? `¥${amount.toLocaleString('en', { minimumFractionDigits: 2 })}` : '–');

/** Parents before their children, the latest chain first. */
const inTreeOrder = (shares) => {
  const known = new Set(shares.map(({ id }) => id));
  const childrenOf = new Map();
  for (const share of shares) childrenOf.set(share.parent, [...(childrenOf.get(share.parent) ?? []), share]);
  const below = (share, level) => [
    { share, level },
    ...(childrenOf.get(share.id) ?? []).flatMap((child) => below(child, level + 1)),
  ];
  return shares
    .filter(({ parent }) => !known.has(parent))
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0))
    .flatMap((share) => below(share, 0));
};

/** Who brought whom: a line per share, below the share that brought its sharer. Not there before the first share. */
export const createSharesPanel = ({ panel, body }, { text }, visitors) => {
  let shares = [];

  const renderRow = ({ share, level }) => {
    const { id, by, page, method, opens, visitors: count, paid, paidBelow } = share;
    const name = visitors.nameOfId(by);
    return element(
      'tr',
      { 'data-testid': 'share-row', 'data-share': id, 'data-visitor': name ?? by, 'data-level': level },
      element(
        'td',
        { style: `padding-left: ${16 + 20 * Math.min(level, 6)}px` },
        level > 0 && element('span', { class: 'branch', 'aria-hidden': 'true' }, '└ '),
        visitorBadge(name, by ?? id, text),
      ),
      element('td', { class: 'text' }, page ?? '–'),
      element('td', { class: 'text' }, method ? text(`shares.${method}`) : '–'),
      element('td', { 'data-field': 'opens' }, String(opens)),
      element('td', { 'data-field': 'visitors' }, String(count)),
      element('td', { 'data-field': 'paid' }, yuan(paid)),
      element('td', { 'data-field': 'paidBelow' }, yuan(paidBelow)),
    );
  };

  const render = () => {
    panel.hidden = shares.length === 0;
    body.replaceChildren(...inTreeOrder(shares).map(renderRow));
  };

  render();
  return {
    show(next) {
      shares = next;
      render();
    },
    refresh: render,
  };
};
