/** What a browser writes in small letters. https://opendocs.alipay.com/mini/framework/events */
const TYPES = {
  touchstart: 'touchStart',
  touchmove: 'touchMove',
  touchend: 'touchEnd',
  touchcancel: 'touchCancel',
  longtap: 'longTap',
  longpress: 'longTap',
};

const describe = ({ id, tagName, dataset }) => ({ id, tagName, dataset });

/**
 * Alipay's event object: `target` has the data of the element that takes the event, and its own in `targetDataset`.
 * https://opendocs.alipay.com/mini/framework/event-object
 *
 * @type {typeof import('../eventShape.js').eventShape}
 */
export const shapeEvent = ({ type, timeStamp, detail, extraFields }, { target, currentTarget, mark }) => ({
  type: TYPES[type] ?? type,
  timeStamp,
  target: { ...describe(target), dataset: currentTarget.dataset, targetDataset: target.dataset },
  currentTarget: describe(currentTarget),
  mark: Object.fromEntries(Object.entries(mark).filter(([name]) => !/^(on[A-Z]|ref$)/.test(name))),
  detail,
  ...extraFields,
});
