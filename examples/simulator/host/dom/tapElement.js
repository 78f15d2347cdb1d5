/** A tap in the middle of an element, as a mouse makes it. @param {Element} element */
export const tapElement = (element) => {
  element.scrollIntoView({ block: 'nearest' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const at = {
    bubbles: true,
    composed: true,
    cancelable: true,
    clientX: left + width / 2,
    clientY: top + height / 2,
  };
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
    element.dispatchEvent(new (type.startsWith('pointer') ? PointerEvent : MouseEvent)(type, at));
  }
};

/** Enter and the space bar tap what has the focus. @param {HTMLElement} screen */
export const installKeyboardTap = (screen) =>
  screen.addEventListener('keydown', (event) => {
    if (!['Enter', ' '].includes(event.key) || event.target.matches('input, textarea')) return;
    event.preventDefault();
    tapElement(event.target);
  });
