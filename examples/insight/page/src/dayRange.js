import { addDays } from '../../src/analyses/days.js';

/** The ranges of the morning: today, which is not over, then whole days. */
export const morningRanges = (today) => {
  const to = addDays(today, -1);
  return [
    { key: 'today', from: today, to: today },
    { key: 'yesterday', from: to, to },
    { key: 'days7', from: addDays(to, -6), to },
    { key: 'days30', from: addDays(to, -29), to },
    { key: 'days90', from: addDays(to, -89), to },
  ];
};

/** Every day of a range. */
export const daysOf = ({ from, to }) => {
  const days = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};
