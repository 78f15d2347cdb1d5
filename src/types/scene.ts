/** What is known of one scene code. */
export interface Scene {
  /** The host's own words. */
  readonly label_zh: string;
  /** The words of another list of the host's. */
  readonly label_zh_alt?: string;
  readonly label_en: string;
  /** The channel group, as in `channel_group`. */
  readonly group: string;
  /** The app that hosts the mini-program, on Douyin. */
  readonly host_app?: string;
  readonly source: readonly string[];
  readonly deprecated?: boolean;
  /** Not a visit by a human: tests, crawlers, wake-ups in the background. */
  readonly automated?: boolean;
}

export type Scenes = Readonly<Record<string, Scene>>;

/** What an app ships of a scene code: its group. */
export interface SceneFacts {
  readonly channel_group?: string;
  readonly is_automated?: boolean;
}

/** `undefined` for a code that is not known. */
export type SceneTable = (scene: string) => SceneFacts | undefined;
