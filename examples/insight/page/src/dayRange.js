import { addDays, isDay } from '../../src/analyses/days.js';

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

/** What is chosen from beside the calendar: those of the morning, and months. */
export const presetRanges = (today) => {
  const first = `${today.slice(0, 8)}01`;
  const before = addDays(first, -1);
  return [
    ...morningRanges(today),
    { key: 'thisMonth', from: first, to: today },
    { key: 'lastMonth', from: `${before.slice(0, 8)}01`, to: before },
  ];
};

/** What a report is of where nobody chose: 30 days, today included; of an end alone the 30 days before it. */
export const rangeOf = ({ from, to }, today) => {
  const end = isDay(to) ? to : today;
  return { from: isDay(from) ? from : addDays(end, -29), to: end };
};

/** Every day of a range. */
export const daysOf = ({ from, to }) => {
  const days = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};
