import { NO_VARIANT } from '../codes';
import { EVENT_EXPERIMENT_EXPOSURE } from '../semantic';
import type { Plugin } from '../types/plugin';
import { hashUnit } from '../utils/hashUnit';

export interface ExperimentOptions {
  /**
   * Variants with their weights, by experiment. Weights are shares of their sum; 0 takes a variant out.
   *
   * @example { coupon: { none: 1, ten_off: 1 }, checkout: { long: 9, short: 1 } }
   */
  readonly experiments: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /**
   * What a server decided: a variant to take whatever the lot says, or `undefined` to leave it to the lot. Asked at
   * each call of `variant()`.
   */
  readonly override?: (experiment: string) => string | undefined;
}

/**
 * Adds `tracker.variant(experiment)`: the variant of this visitor. It stays the same on this installation as long as
 * the weights do, and one experiment says nothing of another.
 *
 * Tracks `experiment_exposure` with `experiment`, `variant` and `overridden`, once per session and variant, when the
 * variant is asked for: that is when the visitor is about to see it.
 */
export const experiment = ({ experiments, override }: ExperimentOptions): Plugin => ({
  name: 'experiment',
  setup({ host, track, visitor, session, expose }) {
    const told = new Set<string>();

    const drawn = (name: string): string | undefined => {
      const weights = experiments[name] || {};
      const variants = Object.keys(weights).filter((variant) => (weights[variant] as number) > 0);
      let rest = hashUnit(`${name}:${visitor()}`) * variants.reduce((sum, variant) => sum + (weights[variant] as number), 0);
      return variants.find((variant) => (rest -= weights[variant] as number) < 0);
    };
    expose({
      variant(name: string) {
        const forced = host.log.guard('override', () => override && override(name));
        const variant = forced || drawn(name);
        if (!variant) host.log.warn(NO_VARIANT, name);
        const key = [session(), name, variant].join('\n');
        if (variant && !told.has(key)) track(EVENT_EXPERIMENT_EXPOSURE, { experiment: name, variant, overridden: !!forced });
        told.add(key);
        return variant;
      },
    });
  },
});
