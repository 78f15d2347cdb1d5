import { createChrome } from './createChrome.js';
import { createDialogs } from './createDialogs.js';
import { createDomBackend } from './createDomBackend.js';
import { el } from './el.js';

const REACH_BOTTOM_PX = 50;

/**
 * Draws the mini-program on a phone's screen.
 *
 * @param {object} options
 * @param {import('../../compileProject.mjs').Project} options.project
 * @param {{ navigation: HTMLElement, screen: HTMLElement, tabBar: HTMLElement, layer: HTMLElement }} options.parts
 * @param {any} options.actions what the bars' buttons do
 * @param {Record<string, string>} options.texts
 * @param {() => number} options.depth how many pages the stack has
 * @returns {import('../createHost.js').Renderer}
 */
export const createDomRenderer = ({ project, parts, actions, texts, depth }) => {
  const { images } = project;

  /** A project's own file as a data URL; relative paths are looked up by their ending. */
  const resolveImage = (src) => {
    const text = String(src ?? '');
    if (/^(https?:|data:|blob:)/.test(text)) return text;
    const path = text.replace(/^(\.{0,2}\/)+/, '');
    return images[path] ?? images[Object.keys(images).find((key) => key.endsWith(`/${path}`))] ?? text;
  };

  const origin = () => {
    const { left, top } = parts.screen.getBoundingClientRect();
    const scroller = parts.screen.querySelector('.phone-page-box:not([hidden]) > .phone-page-scroll');
    return { left, top, scrollTop: scroller?.scrollTop ?? 0 };
  };
  const backend = createDomBackend({ resolveImage, origin });
  const dialogs = createDialogs(parts.layer, texts);
  const chrome = createChrome({
    navigation: parts.navigation,
    tabBar: parts.tabBar,
    project,
    resolveImage,
    actions,
    texts,
  });
  /** @type {Map<any, { box: HTMLElement, scroller: HTMLElement }>} */
  const boxes = new Map();
  let onScroll = () => {};

  // A page's own sheet applies to that page only; on WeChat each page is a document of its own.
  const pageSheets = new Map();
  for (const [path, css] of Object.entries(project.styles)) {
    const sheet = el('style', {}, css);
    document.head.append(sheet);
    if (project.pages.includes(path)) {
      sheet.disabled = true;
      pageSheets.set(path, sheet);
    }
  }

  if (project.appJson.style === 'v2') parts.screen.classList.add('phone-v2');

  const watchScroll = (page, { scroller }) => {
    let wasAtBottom = false;
    scroller.addEventListener('scroll', () => {
      const { scrollTop, clientHeight, scrollHeight } = scroller;
      const atBottom = scrollTop + clientHeight >= scrollHeight - REACH_BOTTOM_PX;
      onScroll(page, { scrollTop, reachedBottom: atBottom && !wasAtBottom });
      wasAtBottom = atBottom;
    });
  };

  const show = (page) => {
    for (const [other, { box }] of boxes) box.hidden = other !== page;
    for (const [path, sheet] of pageSheets) sheet.disabled = path !== page.path;
    chrome.draw(page, depth());
  };

  return {
    backend,
    ...dialogs,
    attach(page) {
      const placeholder = el('span');
      const scroller = el('div', { className: 'phone-page-scroll' }, placeholder);
      const box = el('div', { className: 'phone-page-box' }, scroller);
      box.style.background = project.appJson.window?.backgroundColor ?? '#ffffff';
      boxes.set(page, { box, scroller });
      parts.screen.append(box);
      show(page); // before its content arrives, so that it is measured with its own styles
      page.root.attach(scroller, placeholder);
      watchScroll(page, boxes.get(page));
    },
    show,
    hide() {}, // it stays on the screen until the next page is shown
    detach(page) {
      page.root.release();
      boxes.get(page)?.box.remove();
      boxes.delete(page);
    },
    refresh: (page) => page.visible && chrome.draw(page, depth()),
    redraw: chrome.redraw,
    setTab: chrome.setTab,
    scrollTo: (page, top) => boxes.get(page)?.scroller.scrollTo({ top, behavior: 'smooth' }),
    onPageScroll(listener) {
      onScroll = listener;
    },
  };
};
