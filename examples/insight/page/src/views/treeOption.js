import { FONT } from '../chartOption.js';
import { format } from '../format.js';
import { PALETTES } from '../palette.js';
import { shortName } from './shareForest.js';

const SMALLEST = 6;
const LARGEST = 20;
/** Room for a circle and the text beside it. */
const LEVEL_PX = 190;
const LEFT_PX = 24;

/** How many levels are seen from a node on. */
const deepest = (node, isOpen) => 1 + (isOpen(node) ? Math.max(0, ...node.children.map((each) => deepest(each, isOpen))) : 0);

/**
 * The picture of a forest as ECharts takes it: only what is open, so that the table beside it shows the same. A node's area
 * is the money of its whole tree; one that has closed nodes below it is filled.
 */
export const treeOption = (nodes, isOpen, { theme, locale }) => {
  const colors = PALETTES[theme];
  const largest = Math.max(...nodes.map(({ chain_revenue: revenue }) => revenue), 1);
  const itemOf = (node) => ({
    key: node.key,
    name: `${shortName(node.sharer)}  ${format('chain_revenue', node.chain_revenue, locale)}`,
    symbol: 'circle',
    symbolSize: SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(Math.max(0, node.chain_revenue) / largest),
    itemStyle: {
      color: node.children.length && !isOpen(node) ? colors.accent : colors.card,
      borderColor: colors.accent,
      borderWidth: 1.5,
    },
    children: isOpen(node) ? node.children.map(itemOf) : [],
  });
  const items = nodes.map(itemOf);
  const isForest = items.length > 1;
  const levels = Math.max(...nodes.map((node) => deepest(node, isOpen)), 1) - (isForest ? 0 : 1);
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    series: [
      {
        id: 'tree',
        type: 'tree',
        data: isForest ? [{ name: '', symbolSize: 0, children: items }] : items,
        expandAndCollapse: false,
        initialTreeDepth: -1,
        // A wheel scrolls the page; the buttons zoom.
        roam: 'move',
        top: 16,
        bottom: 16,
        // What joins the trees of a forest is nobody: it is left of the picture.
        left: isForest ? LEFT_PX - LEVEL_PX : LEFT_PX,
        width: LEVEL_PX * levels,
        edgeShape: 'polyline',
        lineStyle: { color: colors.line, width: 1 },
        label: {
          position: 'right',
          distance: 6,
          padding: [0, 4],
          color: colors.text,
          backgroundColor: colors.card,
          fontFamily: FONT,
          fontSize: 12,
        },
        emphasis: { disabled: true },
      },
    ],
  };
};
