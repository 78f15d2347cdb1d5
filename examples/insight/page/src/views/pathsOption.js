import { FONT } from '../chartOption.js';
import { format } from '../format.js';
import { PALETTES, SERIES } from '../palette.js';

const NODE_PX = 10;
const GAP_PX = 12;
const EDGE_PX = 8;
/** Of the axis of steps: room for a bar and the text beside it. */
export const COLUMN_PX = 120;

/** As mini-programs name their pages: `pages/product/index` is told by what differs. The whole path is at the pointer. */
export const shortPath = (path) => path.replace(/^\/?pages\//, '').replace(/(?<=.)\/index$/, '');

/** The pages that most sessions came to have a colour each, the same at every step. */
const colorsOf = (nodes, theme) => {
  const sums = new Map();
  for (const { path, sessions, isOther } of nodes) if (!isOther) sums.set(path, (sums.get(path) ?? 0) + sessions);
  const largest = [...sums].toSorted(([, a], [, b]) => b - a).slice(0, SERIES[theme].length);
  return new Map(largest.map(([path], i) => [path, SERIES[theme][i]]));
};

/** Lines of text as an element: a path is what somebody's phone sent, and no HTML. */
const explained = (lines) => {
  const element = document.createElement('div');
  element.style.whiteSpace = 'pre';
  element.textContent = lines.filter(Boolean).join('\n');
  return element;
};

/**
 * What flows through the pages as ECharts takes it. `told` says a node's page and how many sessions ended there, as the table
 * does.
 */
export const pathsOption = ({ nodes, links, columns }, { theme, locale, told }) => {
  const colors = PALETTES[theme];
  const hues = colorsOf(nodes, theme);
  const count = (value) => format('sessions', value, locale);
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: colors.card,
      borderColor: colors.line,
      textStyle: { color: colors.text, fontFamily: FONT },
      formatter: ({ data: { node, link } }) =>
        explained(
          node
            ? [told.page(node), told.sessions(count(node.sessions)), told.ended(node, count(node.ended))]
            : [`${told.page(byKey.get(link.from))} → ${told.page(byKey.get(link.to))}`, told.sessions(count(link.sessions))],
        ),
    },
    series: [
      {
        type: 'sankey',
        top: EDGE_PX,
        bottom: EDGE_PX,
        left: EDGE_PX,
        right: `${Math.round(100 / (columns + 1))}%`,
        nodeAlign: 'left',
        nodeWidth: NODE_PX,
        nodeGap: GAP_PX,
        draggable: false,
        data: nodes.map((node) => ({
          node,
          name: node.key,
          value: node.sessions,
          depth: node.column,
          itemStyle: { color: hues.get(node.path) ?? colors.quiet },
          label: { formatter: `${count(node.sessions)} ${shortPath(told.page(node))}` },
        })),
        links: links.map((link) => ({ link, source: link.from, target: link.to, value: link.sessions })),
        label: {
          position: 'right',
          color: colors.text,
          // Bands lie below: a rim of the card keeps the contrast.
          textBorderColor: colors.card,
          textBorderWidth: 3,
          fontFamily: FONT,
          fontSize: 12,
          width: COLUMN_PX - NODE_PX - EDGE_PX,
          overflow: 'truncate',
        },
        lineStyle: { color: colors.line, opacity: 0.3, curveness: 0.5 },
        emphasis: { focus: 'adjacency', lineStyle: { opacity: 0.6 } },
      },
    ],
  };
};
