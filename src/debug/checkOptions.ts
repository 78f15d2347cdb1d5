type Test = (value: unknown) => boolean;

const between =
  (min: number, max = Infinity): Test =>
  (value) =>
    typeof value === 'number' && value >= min && value <= max;
const isAny: Test = () => true;
const isList: Test = Array.isArray;
const isObject: Test = (value) => typeof value === 'object' && !!value;
const isFunction: Test = (value) => typeof value === 'function';
const isBoolean: Test = (value) => typeof value === 'boolean';
const isText: Test = (value) => typeof value === 'string';
const KINDS = ['submit', 'change', 'phone', 'contact'];
const isKinds: Test = (value) => isList(value) && (value as unknown[]).every((kind) => KINDS.includes(kind as string));

const areWeights: Test = (value) =>
  isObject(value) &&
  Object.values(value as object).every((each) => isObject(each) && Object.values(each).every(between(0, Number.MAX_VALUE)));

const isId: Test = (value) => /^[\w.:-]{1,64}$/.test(`${value}`);
const isName: Test = (value) => isText(value) && value !== '';
const isNames: Test = (value) =>
  isName(value) || (isList(value) && (value as unknown[]).length > 0 && (value as unknown[]).every(isName));
const isMatch: Test = (value) => /string|number|boolean/.test(typeof value);
const areMatches: Test = (value) =>
  isObject(value) &&
  Object.values(value as object).every((each) => isMatch(each) || (isList(each) && (each as unknown[]).every(isMatch)));

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
  exposure: {
    ...PAGES,
    ...DATASET,
    selectors: (value) => isText(value) || isObject(value),
    ratio: between(Number.MIN_VALUE, 1),
    durationMs: between(0, 60_000),
  },
  share: { windowMs: between(0), onShareTicket: isFunction },
  launchSource: { table: isFunction, params: isList, exclude: isList, session: isObject },
  'launchSource.session': { timeoutMs: between(0), onNewCampaign: isBoolean },
  errors: { max: between(0), exclude: isList },
  performance: { ...PAGES, slowRequestMs: between(0), max: between(0) },
  subscribeMessage: { ...PAGES, templateParam: isText },
  experiment: { experiments: areWeights, override: isFunction },
  anonymousId: { from: (value) => isText(value) || isFunction(value) },
  trigger: { rules: isList, handlers: isObject },
  rule: {
    id: isId,
    when: isObject,
    unless: isObject,
    on: isName,
    only: areMatches,
    cooldownMs: between(1000),
    then: (value) => isFunction(value) || isName(value),
    holdout: between(0, 1),
  },
  'rule.when': {
    event: isNames,
    by: isName,
    times: (value) => between(1, 20)(value) && Number.isInteger(value),
    withinMs: between(1),
    session: isBoolean,
    where: areMatches,
  },
  'rule.unless': { event: isNames, by: isName, withinMs: between(0) },
  remoteSwitch: { holdMs: between(60_000, 7 * 86_400_000) },
  /** The member of an answer; what is wrong with those that are known is said where they are read. */
  minitrail: { enabled: isAny, sampleRate: isAny, disabledEvents: isAny, rules: isAny, tags: isAny },
  redact: { keys: isList, query: isList, patterns: isList },
};

const isOwn = (from: object, name: string): boolean => Object.keys(from).includes(name);

/** What must be there. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  rule: ['id', 'when', 'then'],
  'rule.when': ['event'],
  'rule.unless': ['event'],
};

/** What is unknown to a plugin, or outside of what it takes, with the value that was given. */
export const checkOptions = ({
  name,
  options,
}: {
  readonly name: string;
  readonly options?: object | undefined;
}): readonly (readonly [option: string, value: unknown])[] => {
  const known = isOwn(OPTIONS, name) && OPTIONS[name];
  const given = Object(options) as Readonly<Record<string, unknown>>;
  if (!known) return [];
  const wrong: (readonly [option: string, value: unknown])[] = [];
  for (const option of Object.keys(given)) {
    const path = `${name}.${option}`;
    const value = given[option];
    if (!isOwn(known, option) || (value !== undefined && !(known[option] as Test)(value))) wrong.push([path, value]);
    else if (value && isOwn(OPTIONS, path)) wrong.push(...checkOptions({ name: path, options: value as object }));
  }
  for (const option of (isOwn(REQUIRED, name) && REQUIRED[name]) || [])
    if (given[option] == null) wrong.push([`${name}.${option}`, given[option]]);
  return wrong;
};

const MAX_RULES = 20;
const MAX_STEPS = 20;

/** The same for rules of `trigger`, each named by its id, else by its place in the list. */
export const checkRules = (rules: unknown): readonly (readonly [member: string, value: unknown])[] => {
  if (!isList(rules)) return [];
  const seen = new Set<unknown>();
  const wrong: (readonly [member: string, value: unknown])[] = [];
  let index = -1;
  for (const rule of rules as readonly unknown[]) {
    index++;
    const given = isObject(rule) ? (rule as object) : {};
    const { id = index, when } = given as { id?: unknown; when?: unknown };
    const { event, times = 1 } = Object(when);
    const name = `trigger rule ${id}`;
    if (index >= MAX_RULES || seen.has(id)) wrong.push([name, rule]);
    for (const [member, value] of checkOptions({ name: 'rule', options: given }))
      wrong.push([name + member.slice('rule'.length), value]);
    if (isList(event) && times * (event as unknown[]).length > MAX_STEPS) wrong.push([`${name}.when.times`, times]);
    seen.add(id);
  }
  return wrong;
};
