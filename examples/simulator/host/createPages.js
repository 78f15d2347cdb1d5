import { componentsWithin } from './walkTree.js';

/**
 * @typedef {object} HostPage
 * @property {number} id
 * @property {string} path
 * @property {Record<string, string>} query
 * @property {any} root glass-easel's root
 * @property {any} component the page's component
 * @property {any} caller what the app sees: `this` in its lifecycle functions, an entry of getCurrentPages()
 * @property {string} title of the navigation bar
 * @property {number} openedAt
 * @property {boolean} visible
 */

/**
 * Creates pages and calls their lifecycle, in the order WeChat does; what to open and when is the router's.
 *
 * @param {object} options
 * @param {any} options.thread
 * @param {any} options.components
 * @param {any} options.renderer
 * @param {any} options.project
 * @param {(value: any) => any} options.toApp copies plain data into the app's realm
 */
export const createPages = ({ thread, components, renderer, project, toApp }) => {
  let nextId = 1;
  // glass-easel runs a component's `ready` once, however often it is triggered.
  const ready = (component) => {
    for (const each of componentsWithin(component)) each.triggerLifetime('ready', []);
  };

  /** @param {HostPage} page */
  const call = (page, name, ...args) => thread.run(page.caller[name], page.caller, args);

  const titleOf = (path) =>
    project.components[path].navigationBarTitleText ?? project.appJson.window?.navigationBarTitleText ?? '';

  const open = (path, query, { openerChannel, onCreated }) => {
    components.register(path);
    const root = components.createRoot(path);
    const id = nextId++;
    const page = {
      id,
      path,
      query,
      root,
      component: root.getComponent(),
      caller: root.get(),
      title: titleOf(path),
      openedAt: thread.now(),
      visible: false,
    };
    const own = {
      route: path,
      __route__: path,
      options: toApp(query),
      __wxWebviewId__: id,
      __wxExparserNodeId__: `page-${id}`,
      getPageId: () => `pageId:${id}`,
      getOpenerEventChannel: () => openerChannel ?? { on() {}, once() {}, off() {}, emit() {} },
    };
    for (const [name, value] of Object.entries(own)) {
      Object.defineProperty(page.caller, name, { value, writable: true, configurable: true, enumerable: true });
    }
    onCreated(page); // before `attached`, which may look at getCurrentPages()
    setQueryProperties(page);
    renderer.attach(page); // created happened above, attached happens here
    return page;
  };

  /** A Component() page receives declared query parameters as properties. */
  const setQueryProperties = (page) => {
    const declared = project.components[page.path] && page.component.getRootBehavior?.();
    const values = {};
    for (const [name, value] of Object.entries(page.query)) {
      if (declared?.getPropertyType?.(name) !== undefined) values[name] = value;
    }
    if (Object.keys(values).length) page.component.setData(values);
  };

  return {
    open,
    call,

    load: (page) => call(page, 'onLoad', toApp(page.query)),

    show(page) {
      page.visible = true;
      renderer.show(page);
      page.component.triggerPageLifetime('show', []);
      call(page, 'onShow');
    },

    ready(page) {
      page.ready = true;
      ready(page.component);
      call(page, 'onReady');
    },

    /** A component that appeared later, by wx:if or in a list. */
    readyLater(component) {
      thread.post(() => {
        if (component.isAttached?.() ?? true) ready(component);
      });
    },

    hide(page) {
      page.visible = false;
      page.component.triggerPageLifetime('hide', []);
      call(page, 'onHide');
      renderer.hide(page);
    },

    unload(page) {
      page.visible = false;
      call(page, 'onUnload');
      renderer.detach(page); // detached lifetimes
    },
  };
};
