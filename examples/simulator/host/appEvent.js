import { glassEasel } from 'glass-easel-miniprogram-adapter';
import { eventShape } from './eventShape.js';
import { attributeOf, composedAncestors } from './walkTree.js';

const { Event } = glassEasel;

// uni-app puts functions of its own in their place, and glass-easel goes on to call ours.
const control = (value) => ({ get: () => value, set() {}, enumerable: false });

const describeTarget = (element) => {
  const node = element?._$ ?? element; // a component arrives as what its author calls `this`
  const drawn = node?.getBackendElement?.();
  return {
    id: node?.id ?? '',
    tagName: node?.tagName ?? node?.is ?? '',
    offsetLeft: drawn?.offsetLeft ?? 0,
    offsetTop: drawn?.offsetTop ?? 0,
    dataset: { ...node?.dataset },
  };
};

// glass-easel hands the app its live elements, a circle of objects. A phone hands over plain data, which apps log,
// compare and send, so the shape is made here, where each listener gets its own copy of the event.
Event.prototype.wrapShadowedEvent = function (target, mark, currentTarget) {
  const shape = this.shape ?? eventShape; // what a component triggers has WeChat's
  const event = shape(this, {
    target: describeTarget(target),
    currentTarget: describeTarget(currentTarget),
    mark: { ...mark },
  });
  // What glass-easel itself calls after the listener.
  return Object.defineProperties(event, {
    stopPropagation: control(() => this.stopPropagation()),
    preventDefault: control(() => this.preventDefault()),
    markMutated: control(() => this.markMutated()),
  });
};

/**
 * Dispatches an event through the page: capture, bubble, catch.
 *
 * @param {any} target
 * @param {string} type
 * @param {any} detail
 * @param {object} options `bubbles`, `composed`, `capturePhase`, `extraFields`, and the host's `shape`
 * @returns whether a listener prevented the default
 */
export const dispatchAppEvent = (target, type, detail, { shape, ...options }) => {
  const event = new Event(type, detail, options);
  event.shape = shape;
  Event.dispatchEvent(target, event);
  return event.getEventBubbleStatus();
};

/** The `touches` and `changedTouches` of a tap with one finger. */
export const touchFields = ({ x, y }) => {
  const touch = { identifier: 0, pageX: x, pageY: y, clientX: x, clientY: y, force: 1 };
  return { touches: [touch], changedTouches: [touch] };
};

const isSet = (value) => value !== null && value !== undefined && value !== false && value !== 'false';

/** A disabled button takes no taps. */
export const isDisabled = (element) =>
  composedAncestors(element).some((node) => node.is === 'button' && isSet(attributeOf(node, 'disabled')));

/**
 * What the platform does by itself after a tap: share buttons and navigators.
 *
 * @param {any} element
 * @param {{ share: (target: object) => void, navigate: (openType: string, options: object) => void }} actions
 */
export const tapDefault = (element, { share, navigate }) => {
  for (const node of composedAncestors(element)) {
    if (node.is === 'button' && attributeOf(node, 'open-type') === 'share') return share(describeTarget(node));
    if (node.is === 'navigator') {
      const openType = attributeOf(node, 'open-type') || 'navigate';
      const delta = Number(attributeOf(node, 'delta') || 1);
      return navigate(openType, { url: attributeOf(node, 'url'), delta });
    }
  }
  return undefined;
};
