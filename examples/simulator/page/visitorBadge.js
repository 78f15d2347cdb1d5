import { element } from './element.js';

/** How many of an unknown installation's characters tell it from another. */
const SHORT_ID = 4;

/** The round badge of a visitor: a letter in the visitor's colour, or the head of an unknown id. */
export const visitorBadge = (name, id, text) => {
  if (!name && !id) return null;
  const label = name ?? String(id).slice(0, SHORT_ID);
  const hue = [...label].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 8, 0);
  return element(
    'span',
    {
      class: `badge hue-${name ? hue : 'none'}`,
      title: name ? text('visitor.name', { name }) : text('visitor.unknown', { id }),
    },
    label,
  );
};
