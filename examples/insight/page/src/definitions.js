/** What each number counts, in a sentence of each language, where it is not the sentence of its report. */
export const DEFINITIONS = {
  overview: {
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
  },
  links: {
    cost: ['All that the link cost, whichever days are chosen.', '该渠道码的全部成本，与所选日期无关。'],
    roi: [
      'What the link brought less its cost, divided by its cost. Empty where the days do not reach back to the day on which it was made: the cost is all, and what it brought would be a part.',
      '收入减去成本，再除以成本。所选日期没有包含渠道码的创建日时为空：成本是全部的，收入却只是其中一段。',
    ],
    cost_per_new: [
      'The cost of the link divided by its new people. Empty where the days do not reach back to the day on which it was made.',
      '该渠道码的成本除以新客数。所选日期没有包含创建日时为空。',
    ],
  },
  person: {
    sessions: ['Sessions of this person with an event that counts.', '此用户有计入统计的事件的会话数。'],
    active_days: ['Days on which this person did anything, in the zone of the shop.', '此用户有任意事件的天数，按店铺时区。'],
    orders: ['Orders of this person that were paid and not cancelled.', '此用户已支付且未取消的订单数。'],
    revenue: ['Amount of these orders, net of refunds.', '上述订单金额，扣除退款。'],
    event_count: ['All events of this installation on this platform.', '此设备安装在该平台上的全部事件。'],
    first_t: ['Moment of the first event.', '首个事件的时间。'],
    last_t: ['Moment of the last event.', '最近一个事件的时间。'],
    t: ['Moment of the payment, in the zone of the shop.', '支付时间，按店铺时区。'],
    opens: ['How often the cards of this person were opened by them.', '打开此用户卡片的次数。'],
    is_new: ['Whether it was their first visit ever.', '是否为其首次访问。'],
    amount: ['What was paid for the order.', '订单支付金额。'],
    refunded: ['What was paid back of it.', '已退款金额。'],
    net: ['Amount less what was paid back.', '支付金额减去退款。'],
  },
};
