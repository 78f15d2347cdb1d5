import { el } from './el.js';

/**
 * The bars around the page: status, navigation with the capsule, tabs.
 *
 * @param {object} options
 * @param {HTMLElement} options.navigation
 * @param {HTMLElement} options.tabBar
 * @param {import('../../compileProject.mjs').Project} options.project
 * @param {(path: string) => string} options.resolveImage
 * @param {Record<string, string>} options.texts
 * @param {{ back(): void, home(): void, menu(): void, close(): void, switchTab(path: string): void }} options.actions
 */
export const createChrome = ({ navigation, tabBar, project, resolveImage, actions, texts }) => {
  const bar = project.appJson.tabBar;
  const tabs = (bar?.list ?? []).map((tab) => ({ ...tab }));
  const home = project.appJson.entryPagePath ?? project.pages[0];
  let last = null;

  const button = (className, label, onclick, text) => el('button', { className, ariaLabel: label, onclick }, text);

  const drawNavigation = (page, depth) => {
    const style = { ...project.appJson.window, ...project.components[page.path] };
    const isTab = tabs.some((tab) => tab.pagePath === page.path);
    const left =
      depth > 1
        ? button('phone-nav-left', texts.back, actions.back, '‹')
        : !isTab && page.path !== home
          ? button('phone-nav-left phone-nav-home', texts.home, actions.home, '⌂')
          : null;
    navigation.className = style.navigationStyle === 'custom' ? 'custom' : '';
    navigation.style.background = style.navigationBarBackgroundColor ?? '#000000';
    navigation.style.color = style.navigationBarTextStyle === 'black' ? '#000' : '#fff';
    navigation.replaceChildren(
      ...(left ? [left] : []),
      el('span', { className: 'phone-nav-title' }, page.title),
      el(
        'div',
        { className: 'phone-capsule' },
        button('phone-capsule-menu', texts.more, actions.menu, '•••'),
        button('phone-capsule-close', texts.close, actions.close, project.platform === 'wechat' ? '◉' : '✕'),
      ),
    );
  };

  const drawTabs = (page) => {
    tabBar.hidden = !tabs.some((tab) => tab.pagePath === page.path);
    tabBar.style.background = bar?.backgroundColor ?? '#ffffff';
    tabBar.replaceChildren(
      ...tabs.map((tab) => {
        const active = tab.pagePath === page.path;
        const icon = (active && tab.selectedIconPath) || tab.iconPath;
        const item = button('phone-tab', tab.text, () => actions.switchTab(tab.pagePath), '');
        item.style.color = active ? (bar.selectedColor ?? '#07c160') : (bar.color ?? '#7a7e83');
        if (icon) item.append(el('img', { src: resolveImage(icon), alt: '' }));
        item.append(el('span', {}, tab.text), ...(tab.badge ? [el('b', { className: 'phone-badge' }, tab.badge)] : []));
        return item;
      }),
    );
  };

  const draw = (page, depth) => {
    last = { page, depth };
    drawNavigation(page, depth);
    drawTabs(page);
  };

  return {
    draw,
    redraw: () => last && draw(last.page, last.depth),
    /** wx.setTabBarItem, wx.setTabBarBadge */
    setTab({ index, ...changes }) {
      Object.assign(tabs[index] ?? {}, changes);
      if (last) draw(last.page, last.depth);
    },
  };
};
