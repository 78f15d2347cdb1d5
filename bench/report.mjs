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

/** The least of the other SDKs' figures, and whose it is. */
const leanestOf = ({ values, higherIsBetter, neutral }) => {
  if (neutral || higherIsBetter || !values) return undefined;
  const figures = PEERS.map((name) => [name, values[name]]).filter(([, value]) => typeof value === 'number');
  const [name, value] = figures.sort(([, one], [, other]) => one - other)[0] || [];
  return value > 0 ? { name, value } : undefined;
};
const ratioOf = (row, sdk = OURS) => {
  const leanest = leanestOf(row);
  const value = row.values && row.values[sdk];
  return leanest && typeof value === 'number' && value > 0 ? value / leanest.value : undefined;
};
const times = (ratio) => (ratio === undefined ? '' : `${ratio.toFixed(2)}×`);

/** `met`, `missed`, or nothing where there is no budget or no figure. */
const verdictOf = (row, { faults, chart }) => {
  const { values, budget, target } = row;
  const ours = values && values[OURS];
  if (ours === undefined) return '';
  // Of an engine's table, the budget is by the leanest.
  if (chart) {
    const ratio = ratioOf(row);
    return budget === undefined || ratio === undefined ? '' : ratio <= budget ? 'met' : 'missed';
  }
  if (faults) return ours.lost || ours.repeatsLeft || ours.exceptions ? 'missed' : 'met';
  if (target !== undefined) return ours === target ? 'met' : 'missed';
  if (budget === undefined) return '';
  return ours <= budget ? 'met' : 'missed';
};

const HEAD = ['', 'budget', ...NAMES.map((name) => SDKS[name].label), 'leanest peer', 'ours by it', ''];

const boundOf = ({ unit, budget, target }, { faults, chart }) => {
  if (faults) return '0 lost, 0 left, 0 exceptions';
  if (target !== undefined) return format(target);
  if (budget === undefined) return '';
  return chart ? `≤ ${budget}×` : `≤ ${withUnit(budget, unit)}`;
};

const cellsOf = (row, group) => {
  const { what, values, noisy } = row;
  const verdict = verdictOf(row, group);
  const cell = (sdk) => {
    if (values[sdk] === undefined) return 'n/a';
    const ratio = group.chart && ratioOf(row, sdk);
    return `${cellOf(values[sdk], row)}${ratio ? ` · ${times(ratio)}` : ''}`;
  };
  const leanest = leanestOf(row);
  return [
    `${what}${noisy && !group.chart ? ' (time)' : ''}`,
    boundOf(row, group),
    ...NAMES.map(cell),
    leanest ? SDKS[leanest.name].label : '',
    times(ratioOf(row)),
    verdict === 'missed' ? '**missed**' : verdict,
  ];
};

/** Chinese characters and the like take two columns. */
const widthOf = (text) => [...text].reduce((sum, each) => sum + (each.codePointAt(0) > 0x2e80 ? 2 : 1), 0);

const pad = (text, width, toTheRight) => {
  const space = ' '.repeat(width - widthOf(text));
  return toTheRight ? space + text : text + space;
};

const toSettings = () => {
  const table = [
    ['SDK', 'package', 'settings here', 'what survives a kill'],
    ...NAMES.map((name) => {
      const { label, package: own = 'minitrail', version, settings, stores } = SDKS[name];
      return [label, `\`${own}\` ${version}`, settings, stores];
    }),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((cells) => widthOf(cells[column]))));
  const [head, ...body] = table.map((cells) => `| ${cells.map((cell, column) => pad(cell, widths[column])).join(' | ')} |`);
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body];
};

export const toMarkdown = (groups, facts) => {
  const lines = [
    '<!-- Written by `npm run bench`. -->',
    '# Benchmark',
    '',
    'minitrail beside every SDK of its kind on npm, on a simulated WeChat host, in the same run, in two engines: V8, as WeChat ' +
      'has it on Android, and JavaScriptCore without its compiler, as on iPhones. How it measures, and what it does not prove: ' +
      '[README.md](README.md). A figure with `×` beside it is that many times the leanest peer’s; where a peer wins, the last ' +
      'columns say which.',
    '',
    ...Object.entries(facts.notes).map(([about, text]) => `${about}: ${text}`),
    '',
    ...toSettings(),
  ];
  for (const group of groups) {
    const { title, rows, note } = group;
    const table = [HEAD, ...rows.map((row) => cellsOf(row, group))];
    const widths = HEAD.map((_, column) => Math.max(3, ...table.map((cells) => widthOf(cells[column]))));
    const isText = (column) => column === 0 || column === HEAD.length - 1 || column === HEAD.length - 3;
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
  for (const group of groups) {
    const { title, rows, note } = group;
    const table = [HEAD, ...rows.map((row) => cellsOf(row, group))].map((cells) =>
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
  groups.flatMap((group) =>
    group.rows.filter((row) => verdictOf(row, group) === 'missed').map(({ what }) => `${group.title}: ${what}`),
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
            leanest: leanestOf(row)?.name,
            verdict: verdictOf(row, group) || undefined,
          },
        ]),
      ),
    ]),
  );
  return `${JSON.stringify({ ...facts, figures }, null, 2)}\n`;
};
