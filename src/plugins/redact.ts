import { EVENT_APP_ERROR } from '../semantic';
import { decode } from '../sources/decode';
import type { Plugin } from '../types/plugin';
import { listOf } from '../utils/listOf';

/** What is taken out of events. */
export interface RedactOptions {
  /**
   * Properties to take out of every event, at any depth, by name: a text in full, or a pattern.
   *
   * @example ['email', /phone|mobile/i]
   */
  readonly keys?: readonly (string | RegExp)[];
  /**
   * Parameters to take out of the `query` of automatic events, by name. A link, a QR code or a JSON in the query that
   * holds one goes as a whole.
   *
   * @example ['phone', 'token']
   */
  readonly query?: readonly string[];
  /**
   * What becomes `***` in the values of the `query` of automatic events, and in the texts of `app_error`; what a first group matches stays before it.
   *
   * @default mobile numbers, identity card numbers and openids of the Chinese mainland
   */
  readonly patterns?: readonly RegExp[];
}

// Longer runs of digits are none of these. No look-behind: iOS 16.3 and before do not parse it.
const PATTERNS = [
  // A mobile number, with or without 86, in one or in groups of 3, 4 and 4.
  /(^|\D)(?:0*86[ +-]?)?1[3-9]\d[ +-]?\d{4}[ +-]?\d{4}(?!\d)/g,
  // An identity card number: area, birthday, three digits and a check digit.
  /(^|\D)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\w)/g,
  // An openid of WeChat, and a user id of Alipay.
  /(^|[^\w-])(?:o[\w-]{27}|2088\d{12})(?![\w-])/g,
];

type Bag = Readonly<Record<string, unknown>>;

/**
 * Takes out what must not leave the device. List it last, so that it sees what the other plugins add.
 *
 * Names in `query` and, unless told otherwise, what looks like a phone number, an identity card or an openid are looked
 * for in the `query` of automatic events (`app_launch`, `app_show`, `page_view`, …), the latter also in `message` and
 * `stack` of `app_error`, `keys` in the properties of all events. What stands in the context of events has options of its own: `launchSource({ exclude })`.
 *
 * @example redact({ keys: [/phone/i, 'email'], query: ['token'] })
 */
export const redact = (options: RedactOptions = {}): Plugin => {
  const { keys, query, patterns } = Object(options) as RedactOptions;
  const wanted = listOf(keys);
  const names = listOf(query)
    .map((name) => `${name}`.replace(/\W/g, '\\$&'))
    .join('|');
  // One that is not global would mask the first place alone; a text is the pattern that it spells.
  const masks = listOf(patterns || PATTERNS).map((pattern) =>
    pattern.global ? pattern : new RegExp(pattern, `${pattern.flags || ''}g`),
  );
  // The name of the parameter, or one in a link, in `a=1&b=2` or in a JSON that is its value.
  const secret = new RegExp(`(^|\\W)(${names})"?[=:]`);
  const isKey = (name: string): boolean =>
    wanted.some((key) => (typeof key === 'string' ? key === name : name.search(key) >= 0));

  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || !value || value instanceof Date) return value;
    const kept: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(value)) if (!isKey(name)) kept[name] = strip(inner);
    return kept;
  };
  // Without a group the second argument is a position.
  const mask = (_: string, before: unknown): string => `${typeof before === 'string' ? before : ''}***`;
  const maskedText = (text: string): string => masks.reduce((all, pattern) => all.replace(pattern, mask), text);
  const masked = (query: object): Bag => {
    const shown: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(query)) {
      const text = decode(value);
      if (names && secret.test(`${name}=${text}`)) continue;
      const safe = maskedText(text);
      shown[name] = safe === text ? value : safe;
    }
    return shown;
  };
  return {
    name: 'redact',
    options,
    enrich(event) {
      let { properties } = event;
      const { query } = properties;
      if (event.type === 'auto' && query && typeof query === 'object')
        properties = Object.assign({}, properties, { query: masked(query) });
      if (event.type === 'auto' && event.name === EVENT_APP_ERROR)
        for (const name of ['message', 'stack'])
          if (properties[name]) properties = Object.assign({}, properties, { [name]: maskedText(`${properties[name]}`) });
      if (wanted.length) properties = strip(properties) as Bag;
      return Object.assign({}, event, { properties });
    },
  };
};
