import { readEntry, type Source } from '../sources/readEntry';
import type { EnterOptions } from '../types/host';
import type { Json, JsonObject } from '../types/json';
import type { Plugin } from '../types/plugin';
import type { SceneTable } from '../types/scene';
import { randomHex } from '../utils/randomHex';
import { within } from '../utils/within';

const HALF_HOUR_MS = 1_800_000;
/** Groups of visitors who had the app open before: they come back rather than come by something. */
const RETURNS = /^(recent|mini_program_back)$/;

/** How sources are read, and when a session ends. */
export interface LaunchSourceOptions {
  /** Scene codes to channel groups: `wechatGroups` from `minitrail/scenes/wechatGroups`, and so for the other hosts. */
  readonly table?: SceneTable;
  /**
   * Further parameters to take from the query, by name; `'from:to'` renames one.
   *
   * @example ['coupon', 'kol:influencer']
   */
  readonly params?: readonly string[];
  /**
   * Parameters not to read. `redact` takes them out of the `query` of other events.
   *
   * @example ['utm_term']
   */
  readonly exclude?: readonly string[];
  /** When a new session begins. */
  readonly session?: {
    /**
     * A session ends after so long in the background, or between a kill and the next launch.
     *
     * @default 1800000
     */
    readonly timeoutMs?: number;
    /**
     * Whether a new source starts a new session.
     *
     * @default true
     */
    readonly onNewCampaign?: boolean;
  };
}

interface Memory {
  first?: Source;
  /** The source of the session. */
  last?: Source;
  /** The session's id; empty when it has ended. */
  id?: string;
  /** Counts the sessions. */
  index?: number;
  /** When the app was last opened or left. */
  seen?: number;
  /** The day of the first launch, by the device's calendar. */
  day?: string;
}

/**
 * Tells where visitors come from, and parts their visits into sessions. List it before the plugins whose events it is to
 * describe. In the context of every event:
 *
 * - `source`: by what the visitor came to this session (last touch). `scene` is the host's code as a string;
 *   `channel_group` and `is_automated` (no human: a test, a crawler, a wake-up in the background) are what the `table`
 *   says of it. `utm_source`, `utm_medium`, `utm_campaign`, `utm_term`, `utm_content`; of ads `click_id` (`gdt_vid`,
 *   `qz_gdt`, `clickid`), `ad_info` (`weixinadinfo`), `ad_id` (`adid`), `creative_id` (`creativeid`); `channel` (Alipay's
 *   `chInfo`); `qr_scene`, the `scene` of a WeChat QR code when it is no list of parameters; `referrer_app_id`, the
 *   mini-program, app or official account before; and the `params` of your own. Of a value over 128
 *   characters the first 121 stay, with `~` and six digits that tell it from others.
 *   Parameters are also found in a scanned link (`q`, on Alipay `qrCode`), in a QR code's `scene`, and in `extraData`.
 * - `first_source`: the same of the first launch of this installation (first touch).
 * - `session_index` counts the sessions of this installation, from 1. `is_first_visit`: this is the first.
 *   `is_first_day`: the app came to the foreground on the day of the first launch, by the device's calendar.
 *
 * `session_id` changes after 30 minutes in the background and with a new source. A kill ends no session: a launch within
 * 30 minutes of the last sign of life goes on with it.
 *
 * A source is new when an entry says what the one before did not: another scene, campaign, ad or referrer. It is not
 * when it repeats it or says less (WeChat repeats the last entry after Android's home key, Alipay's returns say nothing,
 * Douyin marks them), nor when within a session the visitor comes back from another mini-program, such as a payment, or
 * from a list of recent ones, which takes a `table` to tell.
 *
 * @example launchSource({ table: wechatGroups, params: ['coupon'] })
 */
export const launchSource = (options: LaunchSourceOptions = {}): Plugin => ({
  name: 'launchSource',
  options,
  setup({ host, memory: kept, session, pipe, later, setContext, onForget }) {
    const { table, session: { timeoutMs: given, onNewCampaign = true } = {} } = options;
    const timeoutMs = within(given, 0, Infinity, HALF_HOUR_MS);
    let memory: Memory;
    let source: Source | undefined;
    let entered: EnterOptions | undefined;

    const describe = (of: Source): JsonObject => Object.assign({}, of, table && table(`${of.scene}`));
    const sign = (at: number): void => {
      memory.seen = at;
      kept.set(memory as Json);
    };
    /** Ends the session when the last sign of life is too long ago. */
    const expire = (at: number): void => {
      if (at - Math.max(memory.seen || 0, pipe().state.seen) >= timeoutMs) memory.id = '';
    };
    const enter = (entry: EnterOptions, at: number): void => {
      entered = entry;
      let found = readEntry(entry, options);
      expire(at);
      const isRunning = source || memory.id;
      if (memory.id && (entry.showFrom === 0 || RETURNS.test(describe(found).channel_group as string))) found = {};
      const { last = {} } = memory;
      const isNew = Object.keys(found).some((name) => found[name] !== last[name]);
      const today = new Date(at).toDateString();
      if (isNew || !isRunning) memory.last = source = found;
      source = source || last;
      if (!memory.id || (isNew && onNewCampaign)) {
        // A launch takes over the id that events before it have.
        memory.id = session(isRunning && randomHex(12));
        memory.index = (memory.index || 0) + 1;
      }
      const { first, day, index } = (memory = Object.assign({ first: source, day: today }, memory)) as Required<Memory>;
      sign(at);
      setContext({
        session_index: index,
        is_first_visit: index === 1,
        is_first_day: day === today,
        source: describe(source),
        first_source: describe(first),
      });
    };

    // Of somebody new nothing is known but how the app was entered.
    const begin = (at: number): void => {
      memory = Object.assign({}, kept.get() as object | undefined);
      source = undefined;
      expire(at);
      session(memory.id);
      if (entered) enter(entered, at);
    };
    /** Runs `run` in its turn, with the time of now. */
    const inTurn = (run: (at: number) => void): void => {
      const now = Date.now();
      later(() => run(now));
    };
    const onEnter = (entry: EnterOptions): void => inTurn((at) => enter(entry, at));
    onForget(() => begin(Date.now()));
    inTurn(begin);
    return [host.on('appLaunch', onEnter), host.on('appShow', onEnter), host.on('appHide', () => inTurn(sign))];
  },
});
