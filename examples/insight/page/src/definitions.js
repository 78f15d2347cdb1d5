/** What each number of the overview counts, in a sentence of each language. */
export const DEFINITIONS = {
  revenue: [
    'Amount of the orders of these days, net of refunds; cancelled orders are left out.',
    '区间内订单金额，扣除退款；已取消的订单不计。',
  ],
  orders: ['Orders that were paid in these days and not cancelled, each once.', '区间内已支付且未取消的订单，每单只计一次。'],
  average_order: ['Revenue divided by orders.', '收入除以订单数。'],
  buyers: ['People with at least one order in these days.', '区间内至少下过一单的人数。'],
  conversion: ['Buyers divided by active people.', '购买人数除以活跃人数。'],
  active_people: ['People with any event in these days.', '区间内有任意事件的人数。'],
  new_people: ['People whose first event ever lies in these days.', '首次事件在区间内的人数。'],
  returning_people: ['Active people whose first event is older than these days.', '活跃且首次事件早于区间的人数。'],
  resurrected_people: [
    'Returning people with no event in the equally long period before.',
    '回访者中，上一等长周期内没有事件的人数。',
  ],
  dormant_people: ['People with an event in the period before and none in these days.', '上一周期有事件而区间内没有的人数。'],
  sessions: ['Sessions with an event in these days.', '区间内有事件的会话数。'],
  views: [
    'Pages that were shown; coming back to the app at the same page is no view.',
    '页面展示次数；切回前台时停留在原页面的不计。',
  ],
  foreground_ms: ['Time in which the app was in the foreground.', '小程序处于前台的总时长。'],
  events: ['All events that count, automatic ones and those of the shop.', '计入统计的全部事件，含自动采集与业务事件。'],
  repeat_buyers: ['People with at least two orders in these days.', '区间内至少下过两单的人数。'],
  repurchase_rate: ['Repeat buyers divided by buyers.', '复购人数除以购买人数。'],
};
