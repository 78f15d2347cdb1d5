import { touchFields } from '../appEvent.js';

/** An app's window is its page, without the phone's bars. */
const inWindow = ({ x, y }, { left, top }) => ({ x: x - left, y: y - top });

const touch = ({ identifier, clientX, clientY, force }, origin) => {
  const { x, y } = inWindow({ x: clientX, y: clientY }, origin);
  return { identifier, pageX: x, pageY: y + origin.scrollTop, clientX: x, clientY: y, force };
};

const fieldsOf = (event, detail, origin) => {
  if (event?.touches) {
    const touches = (list) => [...list].map((one) => touch(one, origin));
    return { touches: touches(event.touches), changedTouches: touches(event.changedTouches) };
  }
  return 'x' in detail ? touchFields(detail) : {}; // a mouse stands for a finger
};

/** The value events of form elements do not bubble on WeChat. */
const quiet = { bubbles: false, composed: false };

/**
 * Turns a DOM event's detail into WeChat's.
 *
 * @param {string} type
 * @param {any} detail glass-easel's copy of the DOM event's fields, or `{ x, y }` for a tap
 * @param {{ originalEvent?: any }} options
 * @param {{ left: number, top: number, scrollTop: number }} origin where the app's window is, and how far its page is scrolled
 */
export const toAppDetail = (type, detail, { originalEvent: event }, origin) => {
  if (type === 'tap' || type.startsWith('touch')) {
    const at = 'x' in detail ? { ...detail, ...inWindow(detail, origin) } : { ...detail };
    return { detail: type === 'tap' ? at : {}, options: { extraFields: fieldsOf(event, at, origin) } };
  }
  if (event instanceof CustomEvent) return { detail: event.detail, options: quiet };
  const element = event?.target;
  if (type === 'input' || type === 'focus' || type === 'blur' || type === 'change') {
    return { detail: { value: element.value, cursor: element.selectionStart ?? 0 }, options: quiet };
  }
  if (type === 'scroll') {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth } = element;
    return { detail: { scrollTop, scrollLeft, scrollHeight, scrollWidth }, options: quiet };
  }
  if (type === 'load' && element.naturalWidth !== undefined) {
    return { detail: { width: element.naturalWidth, height: element.naturalHeight }, options: quiet };
  }
  return { detail: {}, options: {} };
};
