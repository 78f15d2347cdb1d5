/**
 * Changes that change no answer, with the reason: `analysis` (every one if left out), a part of the change's text, why.
 *
 * @type {{ analysis?: string[], change: string, why: string }[]}
 */
export const EQUIVALENT = [
  {
    analysis: ['lifecycle'],
    change: 'select · without DISTINCT',
    why: 'a person is once in a period and a state: `a` has each of them once',
  },
  {
    analysis: ['lifecycle'],
    change: 'another number: AND period + [7] >=',
    why: 'both sides are Mondays: a day more passes no other one',
  },
  {
    analysis: ['channels', 'attribution', 'links'],
    change: 'touch_events · >= to >: NULL AND ev.day [>=]',
    why: 'the list begins a day before the look-back does',
  },
  {
    analysis: ['lifecycle'],
    change: 'another number: , period + [31]',
    why: 'a day more is in the same month',
  },
  {
    analysis: ['channels', 'attribution', 'links'],
    change: 'sessions · argMin to argMax: SELECT session_no , [argMin] ( v ,',
    why: 'a session is of one installation',
  },
  {
    analysis: ['shareTree', 'shareBy', 'commission'],
    change: 'up · another number: , CAST ( [1] AS BIGINT )',
    why: 'these answers do not tell how far a card is from the order',
  },
  {
    change: 'up · another number: AND up.hop < [900]',
    why: 'depths fall with each step; the bound is there for depths that somebody made up',
  },
  {
    change: 'up · < to <=: up.hop [<]',
    why: 'depths fall with each step; the bound is there for depths that somebody made up',
  },
  {
    change: 'up · without a condition of WHERE: sh.share_id IN ( SELECT share_id FROM o )',
    why: 'only ways from an order are asked for; the others would be climbed for nothing',
  },
  {
    analysis: ['recall'],
    change: '[min] ( person )',
    why: 'of one person there is one name',
  },
  {
    analysis: ['ltv'],
    change: 'select · descending',
    why: 'the rows are put into cohorts and periods by what they are of',
  },
  {
    change: '( ev.seq , [999999]',
    why: 'no launch has a million events',
  },
  {
    analysis: ['retention', 'ltv'],
    change: 'x · another number: CAST ( - [1] AS BIGINT )',
    why: 'a period below 0 stands for the whole cohort, whichever it is',
  },
  {
    analysis: ['ltv'],
    change: 'x · another number: , CAST ( [0] AS DECIMAL (',
    why: 'the row of the whole cohort tells people only',
  },
  {
    change: "without a condition of WHERE: ev.name = 'order_paid'",
    why: 'the event of an order is an order_paid; the condition is there for the engine, which has less to read',
  },
  {
    analysis: ['attribution'],
    change: 'DOUBLE ) , [0] ) , 4',
    why: 'a channel is listed by its credits, and each of them has an amount',
  },
  {
    change: "] , [''] ) AS DOUBLE",
    why: 'an empty text is no number, as a missing one is none',
  },
  {
    change: "] , [''] ) , ",
    why: 'an empty text in the place of a missing one is made an empty text again, or compared with one that is not empty',
  },
  {
    change: "another text: ? ] , [''] ) = ?",
    why: 'an empty text equals no value that is asked for: where that is empty, too, what is missing is made one before',
  },
  {
    change: '( ev.t * [1000000]',
    why: 'the order stays the same as long as it is more than the events of a launch',
  },
  {
    change: ', seq , [visitor_no]',
    why: 'parts two installations at one moment in the same place of a launch of the same number, so that both engines agree',
  },
  {
    change: 'DESC , visitor_no [DESC]',
    why: 'parts two installations at one moment in the same place of a launch of the same number, so that both engines agree',
  },
  {
    analysis: ['channels', 'attribution', 'links'],
    change: 'BY begin_key , [session_no]',
    why: 'parts two visits that begin at one moment in the same place of a launch, so that both engines agree',
  },
  {
    change: 'up · another number: , up.hop + [1]',
    why: 'only the order of the hops counts, and that the first is 1',
  },
  {
    change: '> to >=: w_linear [>] 0',
    why: 'each touch has a part of the order',
  },
  {
    change: 'without a condition of WHERE: w_linear > 0',
    why: 'each touch has a part of the order',
  },
  {
    analysis: ['lifecycle'],
    change: 'recent · without a condition',
    why: 'it only keeps out people of whom nothing is told: more of them change nothing',
  },
  {
    analysis: ['lifecycle'],
    change: 'recent · AND to OR',
    why: 'it only keeps out people of whom nothing is told: more of them change nothing',
  },
  {
    analysis: ['lifecycle'],
    change: "recent · another text: WHERE ev.type <> ['server']",
    why: 'it only keeps out people of whom nothing is told: more of them change nothing',
  },
  {
    analysis: ['lifecycle'],
    change: "recent · another text: ( ev.app_version , [''] )",
    why: 'it only keeps out people of whom nothing is told: more of them change nothing',
  },
  {
    analysis: ['channels', 'links'],
    change: 'newcomers · without a condition of WHERE: ev.day >= ?',
    why: 'who is new in the range did nothing before it',
  },
  {
    analysis: ['channels', 'attribution', 'links'],
    change: 'touch_events · without a condition of WHERE: ev.day >= ?',
    why: 'visits before the look-back are no touches of the orders',
  },
  {
    analysis: ['stickiness'],
    change: '( range ( [',
    why: 'a day more is not in the range',
  },
  {
    analysis: ['stickiness'],
    change: 'a · without a condition of WHERE: ev.day >= ?',
    why: 'whose window ended before the range goes up and down before it',
  },
  {
    analysis: ['stickiness'],
    change: "['2149-01-01']",
    why: 'it stands for never',
  },
  {
    analysis: ['distribution'],
    change: '[max] ( everyone )',
    why: 'there is one row of it',
  },
  {
    analysis: ['distribution'],
    change: ', CAST ( [0] AS DOUBLE )',
    why: 'nothing is summed there',
  },
  {
    analysis: ['interval'],
    change: 'x · >= to <=: gap [>=] 0',
    why: 'what is in no bucket is in the first',
  },
  {
    analysis: ['interval'],
    change: 'e · without a condition of WHERE: ev.day >= ?',
    why: 'a start before the window is further away than it',
  },
  {
    analysis: ['retention'],
    change: 'r · without a condition of WHERE: ev.day >= ?',
    why: 'nobody comes back before the cohort of the range began',
  },
  {
    analysis: ['sessions'],
    change: '[min] ( v )',
    why: 'a session is of one installation',
  },
  {
    analysis: ['paths', 'sessions'],
    change: 'e · without a condition of WHERE: ev.day <= ?',
    why: 'a visit does not last over two midnights, and one that began later is left out',
  },
  {
    analysis: ['sharers', 'shareBy'],
    change: 'made · without a condition of WHERE: ev.excluded IS NULL',
    why: 'the list of cards has left out what is not counted',
  },
  {
    analysis: ['sharers', 'shareBy', 'shareK', 'groups'],
    change: "made · another text: WHERE ev.type <> ['server']",
    why: 'what Insight notes by itself is never a share',
  },
  {
    analysis: ['sharers', 'shareBy', 'shareK', 'groups'],
    change: "made · without a condition of WHERE: ev.type <> 'server'",
    why: 'what Insight notes by itself is never a share',
  },
  {
    analysis: ['sharers', 'shareBy', 'shareK', 'groups'],
    change: "cards · another text: WHERE ev.type <> ['server']",
    why: 'what Insight notes by itself is never a share',
  },
  {
    analysis: ['sharers', 'shareBy', 'shareK', 'groups'],
    change: "cards · without a condition of WHERE: ev.type <> 'server'",
    why: 'what Insight notes by itself is never a share',
  },
  {
    analysis: ['sharers', 'shareBy', 'shareK', 'groups'],
    change: "sharing · another text: WHERE ev.type <> ['server']",
    why: 'what Insight notes by itself is never a share',
  },
  {
    analysis: ['sharers', 'shareBy', 'shareK', 'groups'],
    change: "sharing · without a condition of WHERE: ev.type <> 'server'",
    why: 'what Insight notes by itself is never a share',
  },
  {
    analysis: ['sharers', 'shareBy', 'shareK', 'groups'],
    change: "campaigns · another text: WHERE ev.type <> ['server']",
    why: 'what Insight notes by itself is never a share',
  },
  {
    analysis: ['sharers', 'shareBy', 'shareK', 'groups'],
    change: "campaigns · without a condition of WHERE: ev.type <> 'server'",
    why: 'what Insight notes by itself is never a share',
  },
  {
    change: "opened · another text: ? ] , [''] ) AS share_id",
    why: 'an opening tells its card',
  },
  {
    analysis: ['shareK'],
    change: 'cards · without a condition of WHERE: ev.day >= ?',
    why: 'a card counts from the day of its member on',
  },
  {
    analysis: ['coupons'],
    change: "another text: ? ] , [''] ) AS coupon_id",
    why: 'events without a coupon are left out by their own condition',
  },
  {
    analysis: ['groups'],
    change: "another text: ? ] , [''] ) AS grp",
    why: 'events without a group are left out by their own condition',
  },
  {
    analysis: ['abc'],
    change: 'members · max to min',
    why: 'how long ago the last order is decides nothing',
  },
  {
    change: "['false'] ) <> 'true'",
    why: 'whatever it is, it is not true',
  },
  {
    analysis: ['commission'],
    change: 'THEN ? ELSE [0.0] END',
    why: 'each level that is there has a rate',
  },
  {
    analysis: ['commission'],
    change: 'count ( [DISTINCT] order_id )',
    why: 'each sharer is once in an order',
  },
  {
    analysis: ['shareTree', 'sharers', 'shareBy', 'commission'],
    change: "o · another text: '' ) <> ['']",
    why: 'an order without a card is of no card',
  },
  {
    analysis: ['groups'],
    change: 'cards · without DISTINCT',
    why: 'who opened one of them is counted once',
  },
  {
    analysis: ['composition'],
    change: "[''] ) AS value",
    why: 'events without a value are left out by their own condition',
  },
  {
    analysis: ['churn'],
    change: 'BY t , [order_id]',
    why: 'two orders at one moment are of one day',
  },
  {
    analysis: ['lifecycle'],
    change: "['1970-01-01'] AS DATE ) #2",
    why: 'it stands for never, and is no next period either way',
  },
  {
    analysis: ['slowSellers'],
    change: "['1970-01-01']",
    why: 'it stands before all days',
  },
  {
    analysis: ['stickiness'],
    change: 'a · without a condition of WHERE: ev.day <= ?',
    why: 'a visit after the range ends nothing within it',
  },
  {
    analysis: ['ltv'],
    change: 'x · AND to OR: n >= 0 [AND] n <= ?',
    why: 'later periods than those that are asked for are not read',
  },
  {
    analysis: ['ltv'],
    change: 'x · without a condition of WHERE: n <= ?',
    why: 'later periods than those that are asked for are not read',
  },
  {
    change: 'without a condition of WHERE: up.hop < 900',
    why: 'depths fall with each step; the bound is there for depths that somebody made up',
  },
  {
    analysis: ['shareK'],
    change: 'cards · without a condition of WHERE: ev.day <= ?',
    why: 'the window of each member ends before it',
  },
  {
    analysis: ['shareK'],
    change: 'opens · without a condition of WHERE: ev.day <= ?',
    why: 'the window of each member ends before it',
  },
  {
    analysis: ['shareK'],
    change: ', share_id , [min] ( day )',
    why: 'a card is made once',
  },
  {
    analysis: ['shareTree', 'sharers', 'shareBy', 'commission'],
    change: 'o · without a condition of WHERE: ( coalesce ( o.share_id',
    why: 'an order without a card is of no card',
  },
  {
    analysis: ['groups'],
    change: 'THEN 4 ELSE [5] END',
    why: 'there is no sixth step',
  },
  {
    analysis: ['interval', 'repurchase'],
    change: 'gap >= [0] THEN 0',
    why: 'what is in no bucket is in the first',
  },
  {
    analysis: ['interval', 'repurchase'],
    change: 'x · >= to >: gap [>=] 0',
    why: 'what is in no bucket is in the first',
  },
  {
    analysis: ['repurchase'],
    change: 'x · >= to <=: gap [>=] 0',
    why: 'what is in no bucket is in the first',
  },
  {
    analysis: ['experiment'],
    change: 'goals · without a condition of WHERE: ev.day <= ?',
    why: 'the window of each person ends before it',
  },
  {
    analysis: ['viewedThenBought'],
    change: 'lines · without a condition of WHERE: o.day <= ?',
    why: 'the window of each person ends before it',
  },
  {
    analysis: ['recommended'],
    change: 'clicks · without a condition of WHERE: ev.day <= ?',
    why: 'the window of each person ends before it',
  },
  {
    change: 'clicks.k [>] entered.k',
    why: 'no tap is the exposure',
  },
  {
    change: "] , [''] ) = 'true'",
    why: 'an empty text is not true, as a missing one is not',
  },
  {
    change: "another text: ? ] , [''] ) IS NULL",
    why: 'it stands beside that the value is another one, which an empty text is, too',
  },
  {
    analysis: ['recommended'],
    change: "another text: ? ] , [''] ) AS list_id",
    why: 'events without a list are left out by their own condition',
  },
  {
    analysis: ['lifecycle'],
    change: "recent · another text: '' ) <> ['']",
    why: 'it only keeps out people of whom nothing is told: more of them change nothing',
  },
];
