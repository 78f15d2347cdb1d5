import { createObserver } from './createObserver.js';

/** What an instance has of the options of `App` and `Page`. */
export const membersOf = (options) => {
  const all = {};
  for (const name in options) all[name] = options[name];
  return all;
};

export const fire = (instance, name, ...given) => instance?.[name]?.(...given);

/** The pages of an app, one over the other, and the finger on the one in sight. */
export const createPages = ({ world, phone, process }) => {
  const known = {};
  let stack = [];
  const top = () => stack[stack.length - 1];
  const unload = (page) => {
    page.shown = false;
    fire(page, 'onUnload');
  };

  const pages = {
    define(options) {
      known[options.route] = options;
    },
    all: () => stack.slice(),
    top,
    /** Opens a page; `elements` are those that an observer would find in the window. */
    open(path, query = {}, elements = []) {
      pages.vanish();
      const page = Object.assign(membersOf(known[path]), {
        __route__: path,
        options: query,
        openedAt: world.now,
        elements,
        createIntersectionObserver: createObserver(process),
      });
      stack.push(page);
      fire(page, 'onLoad', query);
      pages.appear();
      return page;
    },
    /** Leaves the page in sight for the one below. */
    back() {
      const page = top();
      stack = stack.slice(0, -1);
      unload(page);
      pages.appear();
    },
    /** Closes all pages and opens one, as the host does for an entry by a card. */
    relaunch(path, query, elements) {
      for (const page of stack.slice().reverse()) unload(page);
      stack = [];
      return pages.open(path, query, elements);
    },
    appear() {
      const page = top();
      if (!page || page.shown) return;
      page.shown = true;
      fire(page, 'onShow');
    },
    vanish() {
      const page = top();
      if (!page?.shown) return;
      page.shown = false;
      fire(page, 'onHide');
    },
    /** A finger on an element of the page in sight; `x` and `y` are parts of the window. */
    tap(handler, element, x, y) {
      const { windowWidth, windowHeight } = phone.facts.window;
      const target = Object.assign({ id: '', dataset: {}, offsetLeft: 0, offsetTop: 0 }, element);
      top()[handler]({
        type: 'tap',
        timeStamp: world.now - top().openedAt,
        target,
        currentTarget: target,
        detail: { x: x * windowWidth, y: y * windowHeight },
        changedTouches: [{ clientX: x * windowWidth, clientY: y * windowHeight }],
      });
    },
  };
  return pages;
};
