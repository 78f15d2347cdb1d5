/** An address that can be called: `fetch` takes none with a user in it. */
export const isWebhook = (/** @type {unknown} */ url) => {
  if (typeof url !== 'string' || url.length > 2048 || !URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && !username && !password;
};
