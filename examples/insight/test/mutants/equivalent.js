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
    analysis: ['attribution'],
    change: 'DOUBLE ) , [0] ) , 4',
    why: 'a channel is listed by its credits, and each of them has an amount',
  },
];
