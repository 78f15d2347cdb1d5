// What `errors`, `performance` and `subscribeMessage` take from `my`, as the typings have it.

my.onError((message, stack) => [message, stack] satisfies [string, string]);
my.onUnhandledRejection(({ reason }) => reason satisfies unknown);
my.onPageNotFound(({ path, query, isEntryPage }) => [path, query, isEntryPage] satisfies [string, object, boolean]);
[my.offError, my.offUnhandledRejection, my.offPageNotFound] satisfies unknown[];

my.requestSubscribeMessage({
  entityIds: ['a'],
  success({ behavior, result, errorCode }) {
    behavior satisfies '' | 'subscribe' | 'cancel';
    result?.subscribedEntityIds satisfies readonly string[] | undefined;
    result?.subscribeEntityIds satisfies readonly string[] | undefined;
    errorCode satisfies number | undefined;
  },
  fail: ({ error }) => error satisfies number | undefined,
});

// @ts-expect-error No clock of the host.
my.getPerformance;
// @ts-expect-error Nor under the other name.
my.performance;

// Promise and task in one.
const task = my.request({ url: '' });
task.then satisfies unknown;
task.abort satisfies unknown;
