import { element } from './element.js';
import { HOSTS } from './hosts.js';
import { visitorBadge } from './visitorBadge.js';

/** More launches than this are in the file, not on the page. */
const ROW_LIMIT = 40;

/** The collector's audit, one line per launch, newest first. */
export const createAuditPanel = ({ body, table, empty, verdict }, { text }, visitors) => {
  let audit = [];

  /** Nothing beside WeChat's, which most launches are. */
  const hostTag = (host) => host && host !== HOSTS[0] && element('span', { class: 'host-tag' }, text(`host.${host}`));
  const ownTag = () => element('span', { class: 'tag' }, text('audit.own'));

  const tagOf = (row) => (visitors.isOfShop(row) ? hostTag(visitors.hostOfId(row.anonymous_id)) : ownTag());

  const renderRow = (row) => {
    const { anonymous_id, boot, accepted, arrived, missing, repeats, drops } = row;
    const name = visitors.nameOfId(anonymous_id);
    const reported = Object.entries(drops).map(([reason, count]) => `${text(`drop.${reason}`)} ${count}`);
    return element(
      'tr',
      { 'data-testid': 'audit-row', 'data-boot': boot, 'data-visitor': name ?? anonymous_id },
      element('td', {}, visitorBadge(name, anonymous_id, text), tagOf(row)),
      element('td', {}, String(boot)),
      element('td', { 'data-field': 'accepted' }, String(accepted)),
      element('td', { 'data-field': 'arrived' }, String(arrived)),
      element('td', { 'data-field': 'missing', class: missing > 0 && 'bad' }, String(missing)),
      element('td', { 'data-field': 'repeats' }, String(repeats)),
      element('td', { 'data-field': 'drops', class: 'text' }, reported.join(' · ') || '–'),
      element(
        'td',
        { class: 'text' },
        element('span', { class: `pill ${missing > 0 ? 'bad' : 'good'}` }, text(missing > 0 ? 'audit.open' : 'audit.complete')),
      ),
    );
  };

  /** All launches in one word, in the page's head: the table may be far down. */
  const renderVerdict = () => {
    const sum = (key) => audit.reduce((total, row) => total + row[key], 0);
    const missing = sum('missing');
    verdict.hidden = audit.length === 0;
    verdict.className = `pill verdict ${missing > 0 ? 'bad' : 'good'}`;
    verdict.textContent = text(missing > 0 ? 'verdict.missing' : 'verdict.complete', { missing, arrived: sum('arrived') });
  };

  const render = () => {
    renderVerdict();
    table.hidden = audit.length === 0;
    empty.hidden = audit.length > 0;
    table.classList.toggle(
      'no-drops',
      audit.every(({ drops }) => Object.keys(drops).length === 0),
    );
    body.replaceChildren(...audit.slice(0, ROW_LIMIT).map(renderRow));
  };

  render();
  return {
    show(next) {
      audit = next;
      render();
    },
    refresh: render,
  };
};
