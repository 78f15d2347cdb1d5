// What `errors`, `performance` and `subscribeMessage` take from `tt`, as the typings have it.

tt.onError((error) => error satisfies string);
tt.onUnhandledRejection(({ reason }) => reason satisfies unknown);
tt.onPageNotFound(({ path, query, isEntryPage }) => [path, query, isEntryPage] satisfies [string, object, boolean]);
[tt.offError, tt.offUnhandledRejection, tt.offPageNotFound] satisfies unknown[];

tt.requestSubscribeMessage({
  tmplIds: [],
  success: ({ templateSettings }) => templateSettings.a?.status satisfies string | undefined,
});

const observer = tt.performance.createObserver((entries) => {
  for (const entry of entries) {
    [entry.name, entry.entryType] satisfies string[];
    [entry.startTime, entry.duration] satisfies number[];
    entry.path satisfies string | undefined;
  }
});
observer.disconnect();
// The typings ask for two arguments; the document and its example for one object.
// https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/api/foundation/performance/tt-performance-create-observer
// @ts-expect-error
observer.observe({ entryTypes: ['navigation', 'paint'] });
