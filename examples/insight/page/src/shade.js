/** The ground of a cell for a rate from 0 to 1: between a card and the full colour of a bar, so that text reads on all of them. */
export const shade = (rate) =>
  `color-mix(in srgb, var(--bar) ${Math.round(Math.min(1, Math.max(0, rate)) * 100)}%, var(--card))`;
