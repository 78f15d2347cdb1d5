import { createContext } from './createContext.js';
import { registerAlerts } from './registerAlerts.js';
import { registerAnalyses } from './registerAnalyses.js';
import { registerRecalls } from './registerRecalls.js';
import { registerServices } from './registerServices.js';
import { registerSettings } from './registerSettings.js';

/**
 * Every answer over HTTP. `context` is what the server made: `store`, `dataFolder` (for what the merchant types in),
 * `timeZone`, `journal`, `loading` and `erasing` (for what is sent), and in tests `now`.
 */
export const registerApi = async (app, options) => {
  const context = createContext(options);
  const { tags, recommendations, delivery, alerts } = context;
  // Not a failure of the server: the next night, or ten minutes, tries again.
  const onError = options.onError || (() => {});
  await app.register(async (api) => {
    api.addContentTypeParser(['text/csv', 'text/plain'], { parseAs: 'string' }, (_request, body, done) => done(null, body));
    registerAnalyses(api, context);
    registerSettings(api, context);
    registerServices(api, context);
    registerAlerts(api, context);
    if (delivery) registerRecalls(api, context);
    api.addHook('onReady', async () => {
      await context.loadCosts();
      tags.start(onError);
      recommendations.start(onError);
      delivery?.start(onError);
      alerts.start(onError);
      // Not waited for: the page opens while what the journal holds is loaded, and they are computed of all of it.
      const loaded = Promise.resolve(context.loading?.settle());
      loaded.then(() => tags.compute()).catch(onError);
      loaded.then(() => recommendations.rebuild()).catch(onError);
    });
    api.addHook('onClose', async () => {
      tags.stop();
      recommendations.stop();
      await delivery?.stop();
      await alerts.stop();
    });
  });
  return context;
};
