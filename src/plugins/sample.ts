import { BAD_OPTION } from '../codes';
import type { Plugin } from '../types/plugin';
import { isInSample } from '../utils/isInSample';
import { within } from '../utils/within';

/**
 * Tracks a share of the visitors, 0 to 1. Decided from the anonymous id, so a visitor is tracked always or never. Those who
 * are not leave no trace: no event, and no token on their cards and links.
 *
 * @example createTracker({ adapter: wechat(), endpoint, plugins: [sample(0.1)] })
 */
export const sample = (rate: number): Plugin => ({
  name: 'sample',
  setup({ gate, host: { log } }) {
    const isRate = within(rate, 0, 1, -1) >= 0;
    if (!isRate) log.warn(BAD_OPTION, 'sample', rate);
    gate((visitor) => !isRate || isInSample(visitor, rate));
  },
});
