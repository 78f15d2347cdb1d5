import { HOSTS, phoneName } from './hosts.js';

const NAMES_KEY = 'simulator-page:visitors';
const IDS_KEY = 'simulator-page:anonymous-ids';

const read = (key, fallback) => {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? fallback;
  } catch {
    return fallback; // Not ours or from an older page: start anew.
  }
};

/** A, B … Z, V27, V28 … */
const nameOf = (index) => (index < 26 ? String.fromCharCode(65 + index) : `V${index + 1}`);

/** The people who own a phone here. Their phones' storage outlives a reload, so their names do too. */
export const createVisitors = () => {
  const names = read(NAMES_KEY, ['A', 'B']);
  const ids = read(IDS_KEY, {});

  return {
    names: () => [...names],
    /** @returns the new visitor's name */
    add() {
      const name = nameOf(names.length);
      names.push(name);
      localStorage.setItem(NAMES_KEY, JSON.stringify(names));
      return name;
    },
    /** Remembers which anonymous id a visitor's phone sends from a host app. */
    learn(name, anonymousId, host) {
      const known = phoneName(name, host);
      if (!anonymousId || ids[anonymousId] === known) return;
      ids[anonymousId] = known;
      localStorage.setItem(IDS_KEY, JSON.stringify(ids));
    },
    /** `undefined` for an installation that this browser does not know. */
    nameOfId: (anonymousId) => ids[anonymousId]?.split('@')[0],
    /** Of this browser's phones, or of the shop in another browser: the app ids of the simulated hosts end in zeros. */
    isOfShop: ({ anonymous_id, app_id }) => Boolean(ids[anonymous_id]) || /^(wx|tt|2021)0+$/.test(app_id),
    /** The host app of an installation that this browser knows. */
    hostOfId: (anonymousId) => ids[anonymousId] && (ids[anonymousId].split('@')[1] ?? HOSTS[0]),
  };
};
