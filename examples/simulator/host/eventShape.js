/**
 * The event object of WeChat and Douyin.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html
 *
 * @param {any} event glass-easel's
 * @param {{ target: any, currentTarget: any, mark: object }} around plain descriptions
 */
export const eventShape = ({ type, timeStamp, detail, extraFields }, { target, currentTarget, mark }) => ({
  type,
  timeStamp,
  target: { id: target.id, offsetLeft: target.offsetLeft, offsetTop: target.offsetTop, dataset: target.dataset },
  currentTarget: {
    id: currentTarget.id,
    offsetLeft: currentTarget.offsetLeft,
    offsetTop: currentTarget.offsetTop,
    dataset: currentTarget.dataset,
  },
  mark,
  detail,
  ...extraFields,
});
