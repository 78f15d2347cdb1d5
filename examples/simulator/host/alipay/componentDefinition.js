import { instanceMembers } from './instanceMembers.js';
import { flattenMixins, merge } from './mixins.js';

let nextId = 1;

const isFunction = (value) => typeof value === 'function';

/** Parents' functions come as marks: `onPick="choose"` on `<card>`; see the dialect in compile/dialects.mjs. */
const functionProps = (instance) => {
  const element = instance._$;
  const owner = () => element.ownerShadowRoot?.getHostNode().getMethodCaller();
  const props = {};
  for (const [name, handler] of Object.entries(element._$marks ?? {})) {
    if (/^on[A-Z]/.test(name)) props[name] = (...args) => owner()[handler](...args);
  }
  return props;
};

/**
 * Turns Alipay's component options into WeChat's.
 *
 * The order of the life of the data: onInit, deriveDataFromProps, (drawn), didMount; then deriveDataFromProps and
 * didUpdate with each change. https://opendocs.alipay.com/mini/framework/component-lifecycle
 *
 * @param {any} options
 * @param {any} host
 */
export const componentDefinition = (options, { thread, pageOf }) => {
  const parts = [...flattenMixins(options.mixins), options];
  const defaults = merge(parts, 'props');
  const declared = Object.keys(defaults).filter((name) => !isFunction(defaults[name]));
  const own = { ...options.options };

  /** instance → what it knows of its props and data before the change that is going on */
  const states = new WeakMap();
  const call = (instance, name, ...args) => {
    for (const part of parts) thread.run(part[name], instance, args);
  };
  const lifetime = (instance, name) => {
    if (own.lifetimes) for (const part of parts) thread.run(part.lifetimes?.[name], instance);
  };

  const readProps = (instance) => ({
    ...defaults,
    ...Object.fromEntries(declared.map((name) => [name, instance.data[name]])),
    ...functionProps(instance),
  });

  const derive = (instance, state) => {
    const next = readProps(instance);
    state.isDeriving = true;
    call(instance, 'deriveDataFromProps', next);
    state.isDeriving = false;
    state.props = next;
  };

  const changed = (instance) => {
    const state = states.get(instance);
    if (!state?.isMounted || state.isDeriving) return;
    const { props, data } = state;
    derive(instance, state);
    state.data = { ...instance.data };
    thread.post(() => state.isMounted && call(instance, 'didUpdate', props, data));
  };

  const observers = own.observers ? merge(parts, 'observers') : {};
  return {
    options: { multipleSlots: true, ...(own.virtualHost === undefined ? {} : { virtualHost: own.virtualHost }) },
    externalClasses: options.externalClasses,
    relations: options.relations,
    properties: Object.fromEntries(declared.map((name) => [name, { type: null, value: defaults[name] }])),
    data: merge(parts, 'data'),
    methods: merge(parts, 'methods'),
    observers: {
      ...observers,
      '**'(...args) {
        observers['**']?.apply(this, args);
        changed(this);
      },
    },
    lifetimes: {
      created() {
        const state = { props: {}, data: {}, isMounted: false, isDeriving: false };
        states.set(this, state);
        const $id = nextId++;
        Object.assign(this, instanceMembers(this), { $id, hasMixin: (mixin) => parts.includes(mixin) });
        Object.defineProperties(this, {
          props: { get: () => state.props, configurable: true },
          $page: { get: () => pageOf(this._$)?.caller, configurable: true },
        });
        this.setData({ $id });
        lifetime(this, 'created');
      },
      attached() {
        const state = states.get(this);
        state.props = readProps(this);
        call(this, 'onInit');
        derive(this, state);
        lifetime(this, 'attached');
      },
      ready() {
        const state = states.get(this);
        state.data = { ...this.data };
        state.isMounted = true;
        // https://opendocs.alipay.com/mini/framework/component-ref
        const { ref } = this._$._$marks ?? {};
        const owner = this._$.ownerShadowRoot?.getHostNode().getMethodCaller();
        if (ref) thread.run(owner?.[ref], owner, [options.ref ? options.ref.call(this) : this]);
        call(this, 'didMount');
        lifetime(this, 'ready');
      },
      detached() {
        states.get(this).isMounted = false;
        call(this, 'didUnmount');
        lifetime(this, 'detached');
      },
    },
  };
};
