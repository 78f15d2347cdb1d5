/**
 * Makes an element: `element('p', { class: 'hint', onclick }, 'text', child)`. Functions become listeners, `false`,
 * `null` and `undefined` are left out. Text is always text, never markup.
 */
export const element = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== false && child !== null && child !== undefined));
  return node;
};

/** The element with `data-testid="name"`. */
export const byTestId = (name) => document.querySelector(`[data-testid="${name}"]`);
