const MINUTE_MS = 60_000;

/** As in `examples/shop/triggers.js`. */
export const LOOKS = 3;
export const LOOKS_WITHIN_MS = 10 * MINUTE_MS;
export const LEFT_FOR_MS = MINUTE_MS;

/**
 * The rules of the shop for the plugin `trigger`. `show` gets what is shown; it answers nothing, as whoever takes it does
 * so later.
 */
export const rulesFor = (holdout, show) =>
  [
    {
      id: 'hesitates',
      when: { event: 'product_viewed', by: 'product_id', times: LOOKS, withinMs: LOOKS_WITHIN_MS },
      unless: { event: 'product_added', by: 'product_id' },
    },
    {
      id: 'leaves_cart',
      when: { event: 'product_added' },
      unless: { event: 'order_paid', withinMs: LEFT_FOR_MS },
      on: 'app_show',
    },
  ].map((rule) => ({
    ...rule,
    holdout,
    // biome-ignore lint/suspicious/noThenProperty: the name of the member.
    then: (_, taken) => show({ rule: rule.id, taken }),
  }));
