import { touchFields } from '../appEvent.js';

const touch = ({ identifier, pageX, pageY, clientX, clientY, force }) => ({
  identifier,
  pageX,
  pageY,
  clientX,
  clientY,
  force,
});

const fieldsOf = (event, detail) => {
  if (event?.touches) return { touches: [...event.touches].map(touch), changedTouches: [...event.changedTouches].map(touch) };
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
 */
export const toAppDetail = (type, detail, { originalEvent: event }) => {
  if (type === 'tap' || type.startsWith('touch')) {
    return { detail: type === 'tap' ? { ...detail } : {}, options: { extraFields: fieldsOf(event, detail) } };
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
