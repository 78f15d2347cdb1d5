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
 * Creates pages and calls their lifecycle, in the order the host does; what to open and when is the router's.
 *
 * @param {object} options
 * @param {import('./platforms.js').Platform} options.platform
 * @param {any} options.thread
 * @param {any} options.components
 * @param {any} options.renderer
 * @param {any} options.project
 * @param {(value: any) => any} options.toApp copies plain data into the app's realm
 */
export const createPages = ({ platform, thread, components, renderer, project, toApp }) => {
  let nextId = 1;
  // glass-easel runs a component's `ready` once, however often it is triggered.
  const componentsReady = (component) => {
    for (const each of componentsWithin(component)) each.triggerLifetime('ready', []);
  };

  const functionsOf = platform.pageFunctions ?? ((page, name) => [page.caller[name]]);
  /** Calls a lifecycle function of a page. @param {HostPage} page @returns what the last of them returns */
  const call = (page, name, ...args) => {
    let result;
    for (const fn of functionsOf(page, name)) result = thread.run(fn, page.caller, args);
    return result;
  };

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
    const getOpenerEventChannel = () => openerChannel ?? { on() {}, once() {}, off() {}, emit() {} };
    const own = platform.pageProperties({ id, path, query: toApp(query), caller: page.caller, getOpenerEventChannel });
    for (const [name, value] of Object.entries(own)) {
      const writable = !platform.readOnlyProperties?.includes(name);
      Object.defineProperty(page.caller, name, { value, writable, configurable: true, enumerable: true });
    }
    onCreated(page); // before `attached`, which may look at getCurrentPages()
    setQueryProperties(page);
    if (!platform.drawsAfterShow) renderer.attach(page); // created happened above, attached happens here
    load(page);
    show(page);
    if (platform.drawsAfterShow) renderer.attach(page);
    ready(page);
    return page;
  };

  const load = (page) => call(page, 'onLoad', toApp(page.query));

  const show = (page) => {
    page.visible = true;
    renderer.show(page);
    page.component.triggerPageLifetime('show', []);
    call(page, 'onShow');
  };

  const ready = (page) => {
    page.ready = true;
    componentsReady(page.component);
    call(page, 'onReady');
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
    /** Creates the page and brings it to its onReady. */
    open,
    call,

    show,

    /** A component that appeared later, by wx:if or in a list. */
    readyLater(component) {
      thread.post(() => {
        if (component.isAttached?.() ?? true) componentsReady(component);
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
