import { rpxToPx } from '../rpxToPx.js';

const dispatch = (element, type, detail) => element.dispatchEvent(new CustomEvent(type, { detail }));

/** Tags that a browser draws with another element, or that need a little help. */
const setups = {
  image(element, { resolveImage }) {
    element.draggable = false;
    element.alt = ''; // an app's pictures have none unless it says so
    return { src: (value) => element.setAttribute('src', resolveImage(value)) };
  },
  input(element) {
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') dispatch(element, 'confirm', { value: element.value });
    });
    return {
      value: (value) => {
        element.value = value;
      },
    };
  },
  textarea: (element) => ({
    value: (value) => {
      element.value = value;
    },
  }),
  swiper(element) {
    let current = 0;
    element.addEventListener('scrollend', () => {
      const next = Math.round(element.scrollLeft / element.clientWidth);
      if (next === current) return;
      current = next;
      dispatch(element, 'change', { current, source: 'touch' });
    });
  },
};

// An HTML button shrinks to its text whatever `display` says; WeChat's fills its line.
const HTML_NAME = { image: 'img', button: 'wx-button' };

/**
 * Creates the element for a mini-program tag. Unknown tags stay as they are: `<view>` is drawn by phone.css.
 *
 * @param {string} tagName
 * @param {{ resolveImage: (src: string) => string }} context
 */
export const createTag = (tagName, context) => {
  const element = document.createElement(HTML_NAME[tagName] ?? tagName);
  const attributes = setups[tagName]?.(element, context) ?? {};
  const plain = element.setAttribute.bind(element);
  let direct = false;
  element.setAttribute = (name, value) => {
    if (name === 'style') return plain(name, rpxToPx(value));
    if (name === 'aria-role') return plain('role', value);
    if (name === 'exparser:info-attr-id') return plain('id', value);
    if (name.startsWith('exparser:')) return undefined;
    if (!attributes[name] || direct) return plain(name, value);
    direct = true; // the setup may set the attribute itself
    attributes[name](value);
    direct = false;
    return undefined;
  };
  return element;
};
