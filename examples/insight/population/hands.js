import { createOffers } from './offers.js';

/** What is in sight on the home page; each is told once it was in sight for half a second. */
const SHELF = ['phone-x1', 'earbuds-air'];
export const cardOf = (product) => ({ product, position: SHELF.indexOf(product) + 1 || SHELF.length + 1 });
const SHELF_ELEMENTS = SHELF.map((product) => ({ id: '', dataset: cardOf(product) }));
/** Where the elements are, in parts of the window: taps are planted around these points. */
const SPOTS = {
  openProduct: [0.3, 0.45],
  claimCoupon: [0.5, 0.15],
  addToCart: [0.75, 0.95],
  checkOut: [0.8, 0.93],
  pay: [0.5, 0.92],
  askForMessages: [0.5, 0.6],
  logIn: [0.5, 0.3],
};

/** The hands and eyes of a visitor: what they do is done to the app and noted in the record. */
export const createHands = ({ world, truth, visitor, process, record }) => {
  const { lot } = visitor;
  const shop = process.exported;
  let shownAt = world.now;
  const hands = {
    visitor,
    process,
    record,
    shop,
    tracker: shop.tracker,
    /** How the session came about: another scene begins another one. */
    scene: process.entry.scene,
    offers: createOffers({ world, truth, visitor, shop, record: () => hands.record }),
    open(path, query, relaunch) {
      const elements = path === 'pages/home/index' ? SHELF_ELEMENTS : [];
      const page = relaunch ? process.pages.relaunch(path, query, elements) : process.pages.open(path, query, elements);
      hands.record.pages.push([path, 0]);
      if (path === 'pages/product/index') hands.offers.looked(query.id);
      return page;
    },
    back() {
      process.pages.back();
      hands.record.pages.push([process.pages.top().route, 0]);
    },
    /** Looks at the page in sight for a while. */
    *look(low, high) {
      const ms = lot.between(low, high);
      const { pages } = hands.record;
      const page = pages[pages.length - 1];
      const isFresh = page[1] === 0;
      yield ms;
      page[1] += ms;
      if (page[0] === 'pages/home/index' && isFresh) hands.record.exposures += SHELF.length;
    },
    /**
     * Waits for the request on its way, and after a lost answer for the next try: otherwise nothing is sent from the
     * background, and what was decided would arrive with the next visit, or never.
     */
    *settle() {
      while (['sending', 'waiting'].includes(hands.tracker.stats().state)) yield* hands.look(50, 50);
    },
    *hide() {
      yield* hands.settle();
      process.hide();
      hands.record.foreground += world.now - shownAt;
    },
    show(options, elsewhere) {
      shownAt = world.now;
      process.show(options, elsewhere);
      hands.offers.appeared();
    },
    tap(handler, dataset = {}) {
      const spot = SPOTS[handler].map((centre) => Math.round(centre * 1000 + lot.between(-25, 25)) / 1000);
      hands.record.taps.push([process.pages.top().route, handler, ...spot, dataset.product, shop.list, world.now]);
      process.pages.tap(handler, { id: handler, dataset, offsetTop: 100 }, ...spot);
    },
    variant(experiment) {
      const variant = hands.tracker.variant(experiment);
      hands.record.variants[experiment] = variant;
      return variant;
    },
    now: () => world.now,
    page: () => process.pages.top(),
  };
  return hands;
};
