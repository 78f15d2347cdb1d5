/**
 * A small DOM builder for the phone's own chrome.
 *
 * @param {string} tag
 * @param {Record<string, any>} [props] assigned to the element; `onclick` and the like included
 * @param {...(Node | string | null)} children
 */
export const el = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children.filter((child) => child !== null));
  return element;
};
