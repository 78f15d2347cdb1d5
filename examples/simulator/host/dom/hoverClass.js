const DELAY_MS = 70;

/** `hover-class`: shown while a finger is on the element. Through glass-easel, which knows the class's scope. */
export const installHoverClass = (root) => {
  let release = () => {};
  root.addEventListener('pointerdown', (event) => {
    const element = event.target.closest?.('[hover-class]');
    const name = element?.getAttribute('hover-class');
    const node = element?.__wxElement;
    if (!node || !name || name === 'none') return;
    node.classList.toggle(name, true);
    release = () => setTimeout(() => node.classList.toggle(name, false), DELAY_MS);
  });
  for (const type of ['pointerup', 'pointercancel']) {
    root.addEventListener(type, () => {
      release();
      release = () => {};
    });
  }
};
