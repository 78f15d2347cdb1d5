/** The colours of the page; its test computes the contrast of each pair of text and ground. */
export const PALETTES = {
  light: {
    ground: '#f6f7f9',
    card: '#ffffff',
    text: '#1c2430',
    quiet: '#566070',
    line: '#7d8795',
    accent: '#1659b7',
    bar: '#d3e3fa',
    bad: '#b3261e',
    growing: '#e3e7ed',
    heat: '#d4380d',
  },
  dark: {
    ground: '#12161c',
    card: '#1b212a',
    text: '#e8ecf2',
    quiet: '#a9b3c1',
    line: '#758194',
    accent: '#8ab8ff',
    bar: '#23426e',
    bad: '#ff9a92',
    growing: '#2b333f',
    heat: '#ff6a3d',
  },
};

/** The colours of the series of a chart, told apart by their order in the legend, too. */
export const SERIES = {
  light: ['#1659b7', '#b3541e', '#2e7d32', '#7b3fa0', '#00727f', '#8a6500'],
  dark: ['#8ab8ff', '#ffb07c', '#7fd18b', '#cfa4f0', '#5fd0de', '#e0c55a'],
};
