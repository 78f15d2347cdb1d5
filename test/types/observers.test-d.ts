import { wechat } from '../../adapters/wechat';
import { withHeaders } from '../../src/headers';
import {
  anonymousId,
  autotrack,
  createTracker,
  errors,
  manualPages,
  pageLeave,
  pageView,
  performance,
  persistentProperties,
  redact,
  remoteSwitch,
  subscribeMessage,
  timers,
} from '../../src/index';
import { readVisitor, type WebviewVisitor } from '../../src/webview';

// --- errors, performance, subscribeMessage: alone and by the preset

autotrack({
  errors: { max: 5, exclude: ['script error', /^request:fail/] },
  performance: { slowRequestMs: 1000 },
  subscribeMessage: { templateParam: 'tmpl' },
});
autotrack({ errors: true, performance: true, subscribeMessage: true });
[errors(), performance(), subscribeMessage(), redact()];
// @ts-expect-error A list.
errors({ exclude: 'script error' });
// @ts-expect-error A number of milliseconds.
performance({ slowRequestMs: '3s' });
// @ts-expect-error The option of another plugin.
subscribeMessage({ max: 3 });

// --- redact

redact({ keys: ['email', /phone/i], query: ['token'], patterns: [/VIP-\d+/g] });
// @ts-expect-error Names, not patterns: a part of a name is no parameter.
redact({ query: [/token/] });
// @ts-expect-error Patterns, not names.
redact({ patterns: ['token'] });

// --- the web page's side

readVisitor() satisfies WebviewVisitor | undefined;
readVisitor({ clean: true })?.anonymousId satisfies string | undefined;
readVisitor({ url: 'https://m.example.com/?mt_visitor=a' })?.platform satisfies string | undefined;
// @ts-expect-error In any other browser there is nobody.
readVisitor().anonymousId;
// @ts-expect-error The address is an option, not the first argument.
readVisitor('https://m.example.com');

// --- what users of other SDKs call

const calls = createTracker({
  adapter: wechat(),
  endpoint: withHeaders('https://collect.example.com/v1/events', async () => ({ authorization: 'a' })),
  plugins: [anonymousId({ from: () => undefined }), manualPages([pageView(), pageLeave()]), persistentProperties(), timers()],
});
calls.anonymousId() satisfies string | undefined;
calls.pageView('pages/home#deals', { sort: 'price' });
calls.registerPersistent({ level: 'gold' });
calls.dropTimer('watched');
// @ts-expect-error While consent is pending there is none.
calls.anonymousId() satisfies string;
// @ts-expect-error Headers, not the token alone.
withHeaders('https://collect.example.com/v1/events', () => 'token');
// @ts-expect-error What counts the parts is given.
manualPages();
// @ts-expect-error The plugin is not in the list.
calls.profile.delete();
// @ts-expect-error Milliseconds.
remoteSwitch({ holdMs: '1d' });
