const KEY = 'simulator-page:host';

/** The hosts that the phone can play, in the order of the switch. */
export const HOSTS = ['wechat', 'alipay', 'douyin'];

const isHost = (name) => HOSTS.includes(name);

/** The one that the address asks for, or the one of last time. */
export const firstHost = () =>
  [new URLSearchParams(location.search).get('host'), localStorage.getItem(KEY)].find(isHost) ?? HOSTS[0];

export const rememberHost = (host) => localStorage.setItem(KEY, host);

/** A person has one phone with all three host apps on it, each with a storage of its own. */
export const phoneName = (visitor, host) => (host === HOSTS[0] ? visitor : `${visitor}@${host}`);
