/** What is known of one scene code. */
export interface Scene {
  /** The host's own words. */
  readonly label_zh: string;
  /** The words of another list of the host's. */
  readonly label_zh_alt?: string;
  /** In English; by us where the host has none. */
  readonly label_en: string;
  /** The channel group, as in `channel_group`. */
  readonly group: string;
  /** The app that hosts the mini-program, on Douyin. */
  readonly host_app?: string;
  /** The lists that it was found in: see the table. */
  readonly source: readonly string[];
  /** The host says that it is given no longer. */
  readonly deprecated?: boolean;
  /** Not a visit by a human: tests, crawlers, wake-ups in the background. */
  readonly automated?: boolean;
}

/** By code, as text. */
export type Scenes = Readonly<Record<string, Scene>>;

/** What an app ships of a scene code: its group. */
export interface SceneFacts {
  /** Such as `search` or `chat_share`; nothing for a code that belongs to none. */
  readonly channel_group?: string;
  /** Set where it is not a visit by a human. */
  readonly is_automated?: boolean;
}

/** Looks a scene code up, given as text; `undefined` for one that is not known. */
export type SceneTable = (scene: string) => SceneFacts | undefined;
