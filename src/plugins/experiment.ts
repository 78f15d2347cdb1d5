import { NO_VARIANT, WRONG_OPTION } from '../codes';
import { EVENT_EXPERIMENT_EXPOSURE } from '../semantic';
import type { Plugin, PluginMethods } from '../types/plugin';
import { hashUnit } from '../utils/hashUnit';

/** The experiments with their variants. */
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
 * the weights do, in whatever order they are listed, and one experiment says nothing of another. `reset()` makes a new
 * visitor, who draws anew.
 *
 * Tracks `experiment_exposure` with `experiment`, `variant` and `overridden`, once per session and variant, when the
 * variant is asked for: that is when the visitor is about to see it.
 */
export const experiment = (options: ExperimentOptions): Plugin<Pick<PluginMethods, 'variant'>> => ({
  name: 'experiment',
  options,
  setup({ host, track, visitor, session, expose }) {
    const { experiments = {}, override } = options || ({} as ExperimentOptions);
    const told = new Set<string>();

    const drawn = (name: string): string | undefined => {
      // Not what every object has, such as `constructor`.
      const weights = (Object.keys(experiments).includes(name) && experiments[name]) || {};
      const weightOf = (variant: string): number => +(weights[variant] as number);
      // In an order of our own: how the app lists them must not move anybody.
      const variants = Object.keys(weights)
        .filter((variant) => weightOf(variant) > 0)
        .sort();
      let rest = hashUnit(`${name}:${visitor()}`) * variants.reduce((sum, variant) => sum + weightOf(variant), 0);
      return variants.find((variant) => (rest -= weightOf(variant)) < 0);
    };
    expose({
      variant(asked: string) {
        const name = String(asked);
        const answer: unknown = host.log.guard('override', () => override && override(name));
        const forced = typeof answer === 'string' && answer;
        // A promise comes too late: what is shown is decided now.
        if (answer && !forced) host.log.warn(WRONG_OPTION, 'experiment.override', answer);
        const variant = forced || drawn(name);
        if (!variant) {
          host.log.warn(NO_VARIANT, name);
          return undefined;
        }
        const key = JSON.stringify([session(), name, variant]);
        if (!told.has(key)) track(EVENT_EXPERIMENT_EXPOSURE, { experiment: name, variant, overridden: !!forced });
        told.add(key);
        return variant;
      },
    });
  },
});
