import { PALETTES } from './palette.js';
import { saveFile } from './saveFile.js';

/** What a canvas holds in every browser, at twice the size. */
const MAX_SIDE = 8192;
const PAD = 12;

// biome-ignore lint/performance/useDomNodeTextContent: a tooltip that is not shown is not drawn
const textOf = (cell) => cell.innerText.replace(/\s+/g, ' ').trim();

/** The bar behind a rate, as long as its style says. */
const partOf = (cell) => Number.parseFloat(cell.style.getPropertyValue('--part')) / 100;

const drawCell = (context, cell, origin, colors) => {
  const { left, top, width, height } = cell.getBoundingClientRect();
  const [x, y] = [left - origin.left, top - origin.top];
  const style = getComputedStyle(cell);
  if (style.backgroundImage === 'none' && style.backgroundColor !== 'rgba(0, 0, 0, 0)') {
    context.fillStyle = style.backgroundColor;
    context.fillRect(x, y, width, height);
  }
  const part = partOf(cell);
  if (part > 0) {
    context.fillStyle = colors.bar;
    context.fillRect(x, y, width * part, height);
  }
  context.fillStyle = colors.growing;
  context.fillRect(x, y, width, 1);
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.color;
  context.textBaseline = 'middle';
  const isEnd = style.textAlign === 'end' || style.textAlign === 'right';
  context.textAlign = isEnd ? 'right' : 'left';
  context.fillText(textOf(cell), isEnd ? x + width - PAD : x + PAD, y + height / 2);
};

/**
 * Saves a table as it is shown as a PNG, what is scrolled out of sight, too. Rows that a canvas has no room for are left
 * out: the file for Excel has them all.
 */
export const saveTablePng = (table, { theme, name }) => {
  const colors = PALETTES[theme];
  const origin = table.getBoundingClientRect();
  const scale = 2;
  const width = Math.min(MAX_SIDE, Math.ceil(origin.width) * scale);
  const height = Math.min(MAX_SIDE, Math.ceil(origin.height) * scale);
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  context.fillStyle = colors.card;
  context.fillRect(0, 0, width, height);
  for (const cell of table.querySelectorAll('caption, th, td')) drawCell(context, cell, origin, colors);
  saveFile(canvas.toDataURL('image/png'), `${name}.png`);
};
