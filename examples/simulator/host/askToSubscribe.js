import { ApiError } from './callApi.js';
import { textsFor } from './dom/texts.js';

/** Asks a person, or a test, whether messages by these templates may come. The hosts say the answer each in its way. */
export const askToSubscribe = async ({ renderer, device }, ids) => {
  if (!Array.isArray(ids) || ids.length === 0) throw new ApiError("TmplIds can't be empty", 'parameter');
  const { subscribe, allow, refuse } = textsFor(device.info.language, 'wechat');
  return renderer.modal({
    title: subscribe,
    content: ids.join('\n'),
    confirmText: allow,
    cancelText: refuse,
    kind: 'subscribe',
  });
};
