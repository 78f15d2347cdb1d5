import { componentsWithin } from '../walkTree.js';
import { componentDefinition } from './componentDefinition.js';
import { instanceMembers } from './instanceMembers.js';
import { flattenMixins, merge } from './mixins.js';

/** On an instance: the page's lifecycle functions that are not members of the page. */
const EVENTS = Symbol('events');

const rootEventsOf = (parts) => parts.map(({ rootEvents }) => rootEvents).filter(Boolean);

/**
 * Alipay's Page, Component and Mixin on top of WeChat's. There is no Behavior.
 *
 * @param {{ Page: Function, Component: Function, isPage: () => boolean }} constructors
 * @param {any} host
 */
export const createConstructors = ({ Page, Component, isPage }, host) => ({
  /** https://opendocs.alipay.com/mini/framework/page-detail */
  Page(options = {}) {
    const { mixins = [], events, data, ...own } = options;
    const parts = flattenMixins(mixins);
    const dataOf = () => (typeof data === 'function' ? data() : data);
    Page({
      ...merge(parts, 'methods'),
      ...own,
      // An object is copied for each page. A function makes new data for each; what it makes here is for the first drawing
      // of a page, which glass-easel does before `created`.
      data: { ...merge(parts, 'data'), ...dataOf() },
      lifetimes: {
        created() {
          Object.defineProperty(this, EVENTS, { value: { shared: rootEventsOf(parts), own: events } });
          if (typeof data === 'function') this.setData(dataOf());
        },
      },
    });
  },

  /** https://opendocs.alipay.com/mini/framework/component_object */
  Component(options = {}) {
    // No document says that Component() may make a page here.
    if (isPage()) throw new Error('Component() was called in a page: Alipay makes pages by Page()');
    const definition = componentDefinition(options, host);
    const { created } = definition.lifetimes;
    const shared = rootEventsOf([...flattenMixins(options.mixins), options]);
    definition.lifetimes.created = function () {
      Object.defineProperty(this, EVENTS, { value: { shared } });
      created.call(this);
    };
    Component(definition);
  },

  /** https://opendocs.alipay.com/mini/05bchn */
  Mixin: (options) => options,
});

/** The `rootEvents` of mixins and components, the page's own function, then the one in its `events`. */
export const pageFunctions = (page, name) => {
  const callers = componentsWithin(page.component).map((component) => component.getMethodCaller());
  const shared = callers.flatMap((caller) => caller?.[EVENTS]?.shared ?? []);
  return [...shared.map((list) => list[name]), page.caller[name], page.caller[EVENTS]?.own?.[name]].filter(Boolean);
};

/** `route` is read-only, and the query is nowhere. https://opendocs.alipay.com/mini/framework/page-detail */
export const pageMembers = ({ id, path, caller, getOpenerEventChannel }) => ({
  route: path,
  $viewId: id,
  getOpenerEventChannel,
  ...instanceMembers(caller),
});
