import { newcombe, wilson, zTest } from './newcombe.js';
import { sampleRatio } from './sampleRatio.js';
import { moments, welch } from './welch.js';

/** Each variant against the control: rows of `variant`, `people`, `conversions`, `revenue`, `revenue_squares`. */
export const compareVariants = (rows, { control = null, weights = null } = {}) => {
  const sorted = [...rows].sort((a, b) => (a.variant < b.variant ? -1 : 1));
  const base = sorted.find(({ variant }) => variant === control) || sorted[0];
  const spent = ({ people, revenue, revenue_squares }) => moments({ n: people, sum: revenue, squares: revenue_squares });
  const variants = sorted.map((row) => {
    const { variant, people, conversions, revenue } = row;
    const interval = wilson(conversions, people);
    const own = {
      variant,
      people,
      conversions,
      rate: people ? conversions / people : null,
      rate_low: interval.low,
      rate_high: interval.high,
      revenue,
      revenue_per_person: people ? revenue / people : null,
    };
    if (row === base) return own;
    return {
      ...own,
      rate_difference: {
        ...newcombe(base.conversions, base.people, conversions, people),
        p: zTest(base.conversions, base.people, conversions, people),
      },
      revenue_difference: welch(spent(base), spent(row)),
    };
  });
  const ratio = sampleRatio(
    sorted.map(({ people }) => people),
    sorted.map(({ variant }) => (weights ? weights[variant] || 0 : 1)),
  );
  return { control: base ? base.variant : null, variants, sample_ratio: ratio };
};
