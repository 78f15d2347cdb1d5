import * as adapter from 'glass-easel-miniprogram-adapter';
import './componentPageId.js';

const { glassEasel } = adapter;

// Handlers may live on the instance only: uni-app adds its `e0_xx` there at render time.
glassEasel.globalOptions.useMethodCallerListeners = true;

/**
 * Registers what app code passes to Page, Component and Behavior with glass-easel, WeChat's component framework.
 *
 * @param {object} options
 * @param {import('../compileProject.mjs').Project} options.project
 * @param {any} options.backend a glass-easel backend context
 * @param {any} options.templates path → compiled template
 * @param {Record<string, Function>} options.types the app realm's String, Number, … by name
 * @param {(path: string) => void} options.loadScript runs `<path>.js`
 * @param {(component: any) => void} options.onAttached
 * @param {(path: string) => void} options.onMissing a script that registered nothing
 */
export const createComponents = ({ project, backend, templates, types, loadScript, onAttached, onMissing }) => {
  const env = new adapter.MiniProgramEnv();
  const space = env.createCodeSpace('', true);
  const associated = env.associateBackend(backend);
  space.setOverallBehavior(
    space
      .getComponentSpace()
      .define()
      .lifetime('attached', function () {
        onAttached(this._$ ?? this);
      })
      .registerBehavior(),
  );

  for (const [path, json] of Object.entries(project.components)) {
    space.addComponentStaticConfig(path, json);
    space.addCompiledTemplate(path, { groupList: templates, content: templates[path] });
    space.addStyleSheet(path, undefined, project.scopes[path]);
  }

  // glass-easel compares property types by identity with the String, Number, … of its own realm.
  const ownTypes = new Map(
    Object.entries({ String, Number, Boolean, Object, Array, Function }).map(([name, own]) => [types[name], own]),
  );
  const ownType = (type) => ownTypes.get(type) ?? type;
  const withOwnTypes = (options) => {
    if (!options?.properties) return options;
    const properties = {};
    for (const [name, property] of Object.entries(options.properties)) {
      if (typeof property !== 'object' || property === null) properties[name] = ownType(property);
      else {
        properties[name] = { ...property };
        if ('type' in property) properties[name].type = ownType(property.type);
        if (property.optionalTypes) properties[name].optionalTypes = [...property.optionalTypes].map(ownType);
      }
    }
    return { ...options, properties };
  };

  /** Set while a page's or component's script runs: the constructors register for that path. */
  let current = null;
  let currentPath = '';
  let hasDefined = false;
  const define = (kind, options) => {
    if (!current) throw new Error(`${kind}() was called outside a page's or component's own script`);
    hasDefined = true;
    return options === undefined ? current[kind]() : current[kind](withOwnTypes(options));
  };
  const Behavior = (options) =>
    options === undefined ? space.behavior() : space.behavior().definition(withOwnTypes(options)).register();
  Behavior.trait = (...args) => space.traitBehavior(...args);

  const registered = new Set();
  /** Components first: a page needs the definitions of those it uses. */
  const register = (path) => {
    if (registered.has(path)) return;
    registered.add(path);
    for (const used of Object.values(project.components[path].usingComponents)) register(used.slice(1));
    space.componentEnv(path, (constructors) => {
      current = constructors;
      currentPath = path;
      hasDefined = false;
      try {
        loadScript(path);
        if (hasDefined) return;
        // Its script threw or forgot: like WeChat, show the template with nothing behind it.
        onMissing(path);
        constructors.Component({});
      } finally {
        current = null;
      }
    });
  };

  return {
    constructors: {
      Page: (options) => void define('Page', options),
      Component: (options) => define('Component', options),
      Behavior,
      /** Whether the script that runs now is a page's. */
      isPage: () => project.pages.includes(currentPath),
    },
    register,
    createRoot: (path) => associated.createRoot('page', space, path),
  };
};
