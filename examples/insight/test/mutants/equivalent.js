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
    analysis: ['shareTree', 'shareBy'],
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
];
