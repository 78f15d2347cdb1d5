/** The elements of a page that an observer watches; all of them are in sight. */
export const createObserver = (process) => () => {
  let connected = true;
  const observer = {
    relativeToViewport: () => observer,
    observe(_selector, callback) {
      const { elements = [] } = process.pages.top() || {};
      process.later(() => {
        for (const element of connected ? elements : []) callback(Object.assign({ intersectionRatio: 1 }, element));
      });
      return observer;
    },
    disconnect() {
      connected = false;
    },
  };
  return observer;
};
