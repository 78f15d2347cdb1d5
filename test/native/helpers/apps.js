const start = (adapter, api) => `
App({
  tracker: createTracker({
    adapter: ${adapter}(),
    endpoint: ${api}.getExtConfigSync().endpoint,
    plugins: [appLifecycle(), pageView(), pageLeave(), tap()],
  }),
});
`;

/**
 * `app.js` by each way to load the package: its root, its sub-paths, and as ES modules.
 *
 * @param {'wechat' | 'alipay' | 'douyin'} adapter
 * @param {'wx' | 'my' | 'tt'} api
 * @returns {[name: string, source: string][]}
 */
export const appsOf = (adapter, api) => [
  [
    'a require of the root',
    `const { createTracker, appLifecycle, pageView, pageLeave, tap } = require('minitrail');
const { ${adapter} } = require('minitrail/adapters/${adapter}');
${start(adapter, api)}`,
  ],
  [
    'requires of sub-paths',
    `const { createTracker } = require('minitrail');
const { appLifecycle } = require('minitrail/plugins/appLifecycle');
const { pageView } = require('minitrail/plugins/pageView');
const { pageLeave } = require('minitrail/plugins/pageLeave');
const { tap } = require('minitrail/plugins/tap');
const { ${adapter} } = require('minitrail/adapters/${adapter}');
${start(adapter, api)}`,
  ],
  [
    'ES imports',
    `import { createTracker } from 'minitrail';
import { ${adapter} } from 'minitrail/adapters/${adapter}';
import { appLifecycle } from 'minitrail/plugins/appLifecycle';
import { pageView } from 'minitrail/plugins/pageView';
import { pageLeave } from 'minitrail/plugins/pageLeave';
import { tap } from 'minitrail/plugins/tap';
${start(adapter, api)}`,
  ],
];
