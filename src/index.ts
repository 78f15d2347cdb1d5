export { createTracker } from './createTracker';
export { json } from './formats/json';
export { instrument } from './instrument/instrument';
export { type AnonymousIdOptions, anonymousId } from './plugins/anonymousId';
export { appLifecycle } from './plugins/appLifecycle';
export { type AutotrackOptions, autotrack } from './plugins/autotrack';
export { type ErrorsOptions, errors } from './plugins/errors';
export { type ExperimentOptions, experiment } from './plugins/experiment';
export { type ExposureOptions, exposure } from './plugins/exposure';
export { favorite } from './plugins/favorite';
export { type LaunchSourceOptions, launchSource } from './plugins/launchSource';
export { manualPages } from './plugins/manualPages';
export { type MirrorOptions, mirror } from './plugins/mirror';
export { pageInteraction } from './plugins/pageInteraction';
export { pageLeave } from './plugins/pageLeave';
export { type PageFilter, pageView } from './plugins/pageView';
export { type PerformanceOptions, performance } from './plugins/performance';
export { persistentProperties } from './plugins/persistentProperties';
export { type Profile, profile } from './plugins/profile';
export { type RedactOptions, redact } from './plugins/redact';
export {
  type RemoteAnswer,
  type RemoteRule,
  type RemoteRules,
  type RemoteRulesOptions,
  remoteRules,
} from './plugins/remoteRules';
export { type RemoteSwitch, type RemoteSwitchOptions, remoteSwitch } from './plugins/remoteSwitch';
export { sample } from './plugins/sample';
export { type ShareOptions, share } from './plugins/share';
export { type SubscribeMessageOptions, subscribeMessage } from './plugins/subscribeMessage';
export { type TapOptions, tap } from './plugins/tap';
export { timers } from './plugins/timers';
export { type TriggerHandler, type TriggerMatch, type TriggerOptions, type TriggerRule, trigger } from './plugins/trigger';
export { webviewLink } from './plugins/webviewLink';
export type { Adapter, DeviceStorage, HttpRequest, HttpResponse } from './types/adapter';
export type { Debug } from './types/debug';
export type { EventType, Properties, TrackEvent } from './types/event';
export type { Batch, BatchEvent, Format, FormatLimits, Verdict } from './types/format';
export type {
  CallEvent,
  EnterOptions,
  Host,
  HostEvents,
  HostSource,
  PageEvent,
  PageShowEvent,
  PageState,
  ReturnEvent,
  SharedByTrackers,
  Unsubscribe,
} from './types/host';
export type { Json, JsonObject } from './types/json';
export type { Consent, Endpoint, TrackerOptions } from './types/options';
export type { MethodsOf, Plugin, PluginContext, PluginList, PluginMethods } from './types/plugin';
export type { Scene, SceneFacts, Scenes, SceneTable } from './types/scene';
export type { DeliveryState, DropReason, FlushResult, Stats } from './types/stats';
export type { EventMap, Tracker, TrackOptions } from './types/tracker';
