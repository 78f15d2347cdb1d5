import { NAMES, SDKS } from './sdks/index.mjs';

const [OURS, ...PEERS] = NAMES;

const format = (value) => {
  if (value === undefined || Number.isNaN(value)) return 'n/a';
  if (typeof value === 'object')
    return [value.lost, value.repeats, value.repeatsLeft, value.exceptions].map(format).join(' · ');
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  return value.toLocaleString('en-US', { maximumFractionDigits: size < 0.1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0 });
};
const cellOf = (value, { unit, noisy }) => (noisy && value < 0 ? '≈ 0' : withUnit(value, unit));
const withUnit = (value, unit) => (value === undefined ? '' : `${format(value)}${unit ? ` ${unit}` : ''}`);

const ratioOf = ({ values, higherIsBetter, neutral }) => {
  const peers = PEERS.map((name) => values[name]).filter((value) => typeof value === 'number');
  const ours = values[OURS];
  if (neutral || higherIsBetter || typeof ours !== 'number' || !peers.length) return undefined;
  const best = Math.min(...peers);
  return best > 0 && ours > 0 ? ours / best : undefined;
};

/** `met`, `missed`, or nothing where there is no budget or no figure. */
const verdictOf = ({ values, budget, target }, faults) => {
  const ours = values && values[OURS];
  if (ours === undefined) return '';
  if (faults) return ours.lost || ours.repeatsLeft || ours.exceptions ? 'missed' : 'met';
  if (target !== undefined) return ours === target ? 'met' : 'missed';
  if (budget === undefined) return '';
  return ours <= budget ? 'met' : 'missed';
};

const HEAD = ['', 'budget', ...NAMES.map((name) => SDKS[name].label), 'ours / best peer', ''];

const cellsOf = (row, faults) => {
  const { what, unit, budget, target, values, missing, noisy } = row;
  const verdict = verdictOf(row, faults);
  const bound = faults
    ? '0 lost, 0 left, 0 exceptions'
    : target !== undefined
      ? format(target)
      : budget === undefined
        ? ''
        : `≤ ${withUnit(budget, unit)}`;
  const name = `${what}${noisy ? ' (time)' : ''}`;
  if (!values) return [name, bound, ...NAMES.map(() => 'n/a'), '', missing];
  const ratio = ratioOf(row);
  return [
    name,
    bound,
    ...NAMES.map((sdk) => (faults && !values[sdk] ? 'n/a' : values[sdk] === undefined ? 'n/a' : cellOf(values[sdk], row))),
    ratio === undefined ? '' : `${format(Math.round(ratio * 100) / 100)}×`,
    verdict === 'missed' ? '**missed**' : verdict,
  ];
};

/** Chinese characters and the like take two columns. */
const widthOf = (text) => [...text].reduce((sum, each) => sum + (each.codePointAt(0) > 0x2e80 ? 2 : 1), 0);

const pad = (text, width, toTheRight) => {
  const space = ' '.repeat(width - widthOf(text));
  return toTheRight ? space + text : text + space;
};

export const toMarkdown = (groups, facts) => {
  const lines = [
    '<!-- Written by `npm run bench`. -->',
    '# Benchmark',
    '',
    `minitrail beside ${PEERS.map((name) => `${SDKS[name].label} (\`${SDKS[name].package}\` ${SDKS[name].version})`).join(' and ')}, ` +
      'on a simulated WeChat host, in the same run. How it measures, and what it does not prove: [README.md](README.md).',
    '',
    `Node.js ${facts.node}. Instructions are counted by ${facts.counter}.`,
  ];
  for (const { title, rows, note, faults } of groups) {
    const table = [HEAD, ...rows.map((row) => cellsOf(row, faults))];
    const widths = HEAD.map((_, column) => Math.max(3, ...table.map((cells) => widthOf(cells[column]))));
    const isText = (column) => column === 0 || column === HEAD.length - 1;
    const [head, ...body] = table.map(
      (cells) => `| ${cells.map((cell, column) => pad(cell, widths[column], !isText(column))).join(' | ')} |`,
    );
    const rule = widths.map((width, column) => (isText(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
    lines.push('', `## ${title}`, '', head, `| ${rule.join(' | ')} |`, ...body);
    if (note) lines.push('', note);
  }
  return `${lines.join('\n')}\n`;
};

export const toText = (groups) => {
  const lines = [];
  for (const { title, rows, note, faults } of groups) {
    const table = [HEAD, ...rows.map((row) => cellsOf(row, faults))].map((cells) =>
      cells.map((cell) => cell.replace('**missed**', 'MISSED')),
    );
    const widths = HEAD.map((_, column) => Math.max(...table.map((cells) => widthOf(cells[column]))));
    lines.push('', title);
    for (const cells of table) {
      const padded = cells.map((cell, column) => pad(cell, widths[column], column > 0));
      lines.push(`  ${padded.join('  ')}`.trimEnd());
    }
    if (note) lines.push(`  ${note}`);
  }
  return lines.join('\n');
};

export const missedOf = (groups) =>
  groups.flatMap(({ title, rows, faults }) =>
    rows.filter((row) => verdictOf(row, faults) === 'missed').map(({ what }) => `${title}: ${what}`),
  );

const round = (value) =>
  typeof value === 'number'
    ? Number(value.toPrecision(4))
    : value && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, round(each)]))
      : value;

export const toJson = (groups, facts) => {
  const figures = Object.fromEntries(
    groups.map((group) => [
      group.title,
      Object.fromEntries(
        group.rows.map((row) => [
          row.what,
          {
            unit: row.unit,
            budget: row.target ?? row.budget,
            ...(row.values ? round(row.values) : {}),
            ratio: row.values && round(ratioOf(row)),
            verdict: verdictOf(row, group.faults) || undefined,
          },
        ]),
      ),
    ]),
  );
  return `${JSON.stringify({ ...facts, figures }, null, 2)}\n`;
};
