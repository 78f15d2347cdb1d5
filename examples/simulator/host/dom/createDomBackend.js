import { glassEasel } from 'glass-easel-miniprogram-adapter';
import { installTapFocus } from './installTapFocus.js';
import { createTag } from './tags.js';
import { toAppDetail } from './toAppDetail.js';

// glass-easel writes ids to the DOM only with a prefix per component; styles and scripted tours want the plain one.
glassEasel.globalOptions.writeExtraInfoToAttr = true;
installTapFocus(glassEasel.Element);

/**
 * After a touch a browser sends a mouse click to whatever is under the finger by then: the tab bar of the page that
 * the tap has just opened. A field keeps it, because the click is what brings the focus.
 *
 * @param {Event} event
 */
const endTouch = (event) => {
  if (event?.type === 'touchend' && !event.target.closest('input, textarea')) event.preventDefault();
};

/**
 * glass-easel's DOM backend with the tags, inline styles and event details of a mini-program.
 *
 * @param {{ resolveImage: (src: string) => string, origin: () => { left: number, top: number, scrollTop: number } }} options
 */
export const createDomBackend = ({ resolveImage, origin }) => {
  const backend = new glassEasel.CurrentWindowBackendContext();
  backend.document = {
    createElement: (tagName) => createTag(tagName, { resolveImage }),
    createTextNode: (text) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment(),
  };
  const listen = backend.onEvent.bind(backend);
  backend.onEvent = (listener) =>
    listen((target, type, detail, options) => {
      const adapted = toAppDetail(type, detail, options, origin());
      const status = listener(target, type, adapted.detail, { ...options, ...adapted.options });
      if (type === 'tap') endTouch(options.originalEvent);
      return status;
    });
  const observe = backend.createIntersectionObserver.bind(backend);
  // An app's viewport is its page, without the phone's bars.
  backend.createIntersectionObserver = (target, reference, ...rest) =>
    observe(target, reference ?? target.closest('.phone-page-box'), ...rest);
  return backend;
};
