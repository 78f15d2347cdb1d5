type Test = (value: unknown) => boolean;

const between =
  (min: number, max = Infinity): Test =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max;
const isList: Test = Array.isArray;
const isObject: Test = (value) => typeof value === 'object' && !!value;
const isFunction: Test = (value) => typeof value === 'function';
const isBoolean: Test = (value) => typeof value === 'boolean';
const isText: Test = (value) => typeof value === 'string';
const KINDS = ['submit', 'change', 'phone', 'contact'];
const isKinds: Test = (value) => isList(value) && (value as unknown[]).every((kind) => KINDS.includes(kind as string));

const PAGES = { exclude: isList };
const DATASET = { dataset: isList, maxDatasetBytes: between(0) };

/** The options of the tracker and of each plugin, as the docs have them. A plugin of the app's own is not here. */
const OPTIONS: Readonly<Record<string, Readonly<Record<string, Test>>>> = {
  createTracker: {
    adapter: isObject,
    endpoint: (value) => isText(value) || isObject(value),
    plugins: isList,
    consent: isText,
    namespace: isText,
    beforeSend: isFunction,
    onDrop: isFunction,
    onBlocked: isFunction,
    debug: isObject,
    flushAt: between(1, 1000),
    flushIntervalMs: between(0, 2 ** 31 - 1),
    maxEvents: between(10, 10_000),
    maxBytes: between(1000, 2 ** 22),
    maxAgeMs: between(1000, 30 * 86_400_000),
    maxEventBytes: between(100, 3 * 2 ** 14),
  },
  endpoint: { url: isText, format: isObject, headers: isObject, request: isFunction, timeoutMs: between(2000, 60_000) },
  appLifecycle: {},
  pageView: PAGES,
  pageLeave: PAGES,
  pageInteraction: PAGES,
  favorite: PAGES,
  tap: { ...PAGES, ...DATASET, kinds: isKinds },
  exposure: { ...PAGES, ...DATASET, selectors: isObject, ratio: between(Number.MIN_VALUE, 1), durationMs: between(0, 60_000) },
  share: { windowMs: between(0), onShareTicket: isFunction },
  launchSource: { table: isFunction, params: isList, exclude: isList, session: isObject },
  'launchSource.session': { timeoutMs: between(0), onNewCampaign: isBoolean },
  errors: { max: between(0), exclude: isList },
  performance: { ...PAGES, slowRequestMs: between(0), max: between(0) },
  subscribeMessage: { ...PAGES, templateParam: isText },
  experiment: { experiments: isObject, override: isFunction },
  anonymousId: { from: (value) => isText(value) || isFunction(value) },
  trigger: { rules: isList, handlers: isObject },
  remoteSwitch: { holdMs: between(60_000, 7 * 86_400_000) },
  redact: { keys: isList, query: isList, patterns: isList },
};

const isOwn = (from: object, name: string): boolean => Object.keys(from).includes(name);

/** What is unknown to a plugin, or outside of what it takes, with the value that was given. */
export const checkOptions = ({
  name,
  options,
}: {
  readonly name: string;
  readonly options?: object | undefined;
}): readonly (readonly [option: string, value: unknown])[] => {
  const known = isOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  const given = Object(options) as Readonly<Record<string, unknown>>;
  if (!known) return [];
  const wrong: (readonly [option: string, value: unknown])[] = [];
  for (const option of Object.keys(given)) {
    const path = `${name}.${option}`;
    const value = given[option];
    if (!isOwn(known, option) || (value !== undefined && !(known[option] as Test)(value))) wrong.push([path, value]);
    else if (isOwn(OPTIONS, path)) wrong.push(...checkOptions({ name: path, options: value as object }));
  }
  return wrong;
};
