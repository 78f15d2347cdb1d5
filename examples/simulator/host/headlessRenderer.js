import { glassEasel } from 'glass-easel-miniprogram-adapter';

/**
 * Draws nothing. Dialogs answer themselves.
 *
 * @param {{ modal?: (options: any) => boolean, actionSheet?: (options: any) => number }} [answers]
 */
export const headlessRenderer = ({ modal = () => true, actionSheet = () => 0 } = {}) => ({
  // A frame takes no time: glass-easel's own would set timers that a kill does not reach.
  backend: Object.assign(new glassEasel.EmptyBackendContext(), { render: (done) => done(null) }),
  attach: (page) => glassEasel.Element.pretendAttached(page.component),
  detach: (page) => page.root.release(),
  show() {},
  hide() {},
  refresh() {},
  setTab() {},
  onPageScroll() {},
  scrollTo() {},
  toast() {},
  modal: async (options) => modal(options),
  actionSheet: async (options) => actionSheet(options),
});
