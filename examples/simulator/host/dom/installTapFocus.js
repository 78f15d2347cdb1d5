/**
 * Lets the keyboard reach what can be tapped. A phone has none, but the person at the page may have nothing else.
 *
 * @param {any} Element glass-easel's
 */
export const installTapFocus = ({ prototype }) => {
  const addListener = prototype.addListener;
  prototype.addListener = function (name, ...rest) {
    const drawn = this.getBackendElement?.();
    if (name === 'tap' && drawn instanceof HTMLElement && !drawn.matches('input, textarea')) drawn.tabIndex = 0;
    return addListener.call(this, name, ...rest);
  };
};
