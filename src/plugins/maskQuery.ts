import { decode } from '../sources/decode';
import type { Plugin } from '../types/plugin';

export interface MaskQueryOptions {
  /**
   * Names of parameters.
   *
   * @example ['phone', 'token']
   */
  readonly exclude: readonly string[];
}

/**
 * Takes sensitive parameters out of the `query` of automatic events (`app_launch`, `app_show`, `page_view`, …). A link
 * or a QR code in the query that holds one goes as a whole.
 *
 * @example maskQuery({ exclude: ['phone', 'token'] })
 */
export const maskQuery = ({ exclude }: MaskQueryOptions): Plugin => {
  const names = exclude.map((name) => name.replace(/\W/g, '\\$&')).join('|');
  // The name of the parameter, or one in a link, in `a=1&b=2` or in a JSON that is its value.
  const secret = new RegExp(`(^|\\W)(${names})"?[=:]`);
  return {
    name: 'maskQuery',
    enrich(event) {
      const { type, properties } = event;
      const { query } = properties;
      if (!names || type !== 'auto' || typeof query !== 'object') return event;
      const shown: Record<string, unknown> = {};
      for (const [name, value] of Object.entries(query || {})) {
        if (!secret.test(`${name}=${decode(value)}`)) shown[name] = value;
      }
      return Object.assign({}, event, { properties: Object.assign({}, properties, { query: shown }) });
    },
  };
};
