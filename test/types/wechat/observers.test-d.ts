// What `errors`, `performance` and `subscribeMessage` take from `wx`, as the typings have it.

wx.onUnhandledRejection(({ reason }) => reason satisfies unknown);
wx.onPageNotFound(({ path, query, isEntryPage }) => [path, query, isEntryPage] satisfies [string, object, boolean]);
wx.onAppRoute(({ path, query, notFound }) => [path, query, notFound] satisfies [string, object, boolean]);
// The document has an object with `message`, devices and `App.onError` a text: both are read.
wx.onError((error) => error satisfies string | { message: string });
[wx.offError, wx.offUnhandledRejection, wx.offPageNotFound, wx.offAppRoute] satisfies unknown[];

wx.requestSubscribeMessage({
  tmplIds: ['a'],
  success: (result) => result.errMsg satisfies string,
  fail: ({ errCode }) => errCode satisfies number,
});

const observer = wx.getPerformance().createObserver((list) => {
  for (const entry of list.getEntries()) {
    [entry.name, entry.entryType, entry.path, entry.navigationType, entry.packageName] satisfies string[];
    [entry.startTime, entry.duration, entry.pageId, entry.navigationStart, entry.packageSize] satisfies number[];
  }
});
observer.observe({ entryTypes: ['navigation', 'render', 'loadPackage'] });
observer.disconnect();

// A request returns a task, never a promise: what a page awaits is a framework's.
wx.request({ url: '' }).abort();
