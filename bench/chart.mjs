import { NAMES, SDKS } from './sdks/index.mjs';

const [OURS] = NAMES;
const ROWS = [
  'evaluate + create',
  'until the first page is shown',
  'cold start in all, the next 100 ms included',
  'track(), the call, first 200 events',
  'track(), all that follows, first 200',
  'a tracked tap, the call',
];
const WIDTH = 760;
const LABEL = 96;
const LINE = 15;
const GAP = 14;
/** Ratios beyond this are cut off, with the figure beside the bar. */
const MOST = 6;

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const text = (x, y, content, css = '') => `<text x="${x}" y="${y}"${css && ` class="${css}"`}>${escaped(content)}</text>`;

/** One row of the chart: a bar for each SDK, by the leanest of all. */
const barsOf = ({ what, values, unit }, top) => {
  const known = NAMES.filter((name) => values[name] > 0);
  const least = Math.min(...known.map((name) => values[name]));
  const scale = (WIDTH - LABEL - 150) / MOST;
  const lines = [text(0, top + 11, what, 'what')];
  const shown = (value) => (value < 100 ? value.toPrecision(3) : value.toFixed(0));
  known.forEach((name, index) => {
    const y = top + (index + 1) * LINE;
    const ratio = values[name] / least;
    const length = Math.max(2, Math.min(ratio, MOST) * scale);
    lines.push(text(LABEL - 6, y + 11, SDKS[name].label, 'name'));
    lines.push(
      `<rect x="${LABEL}" y="${y + 1}" width="${length.toFixed(1)}" height="11" class="${name === OURS ? 'ours' : 'peer'}"/>`,
    );
    lines.push(text(LABEL + length + 5, y + 11, `${shown(values[name])} ${unit} · ${ratio.toFixed(1)}×`));
  });
  return { lines, height: (known.length + 1) * LINE + GAP };
};

/** The rows that a reader asks for first, in both engines; legible on a light page and a dark one. */
export const toSvg = (groups) => {
  const body = [];
  let top = 0;
  for (const group of groups.filter(({ chart, rows }) => chart && rows.some(({ unit }) => unit === 'ms'))) {
    body.push(text(0, top + 16, `${group.chart}: less is better; × the least of all`, 'title'));
    top += 30;
    for (const row of group.rows.filter(({ what }) => ROWS.includes(what))) {
      const { lines, height } = barsOf(row, top);
      body.push(...lines);
      top += height;
    }
    top += GAP;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img">
<title>minitrail beside other SDKs</title>
<style>
text { font: 11px system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', sans-serif; fill: #57606a; }
.title { font-size: 14px; font-weight: 600; fill: #1f2328; }
.what { fill: #1f2328; }
.name { text-anchor: end; }
.peer { fill: #8c959f; }
.ours { fill: #0a7c5c; }
@media (prefers-color-scheme: dark) {
  text { fill: #9198a1; }
  .title, .what { fill: #f0f6fc; }
  .peer { fill: #656c76; }
  .ours { fill: #3fb98f; }
}
</style>
${body.join('\n')}
</svg>
`;
};
