import { BAD_CONSENT } from './codes';
import type { DeviceStorage } from './types/adapter';
import type { Consent } from './types/tracker';
import type { Log } from './utils/log';

// A kill between two writes must not leave the visitor with more than was granted.
const DECISIONS: readonly Consent[] = ['denied', 'granted'];

export interface ConsentKeeper {
  now(): Consent;
  /** Remembers it. Answers whether it says anything new. */
  decide(decision: Consent): boolean;
  /** Writes it again where the app has cleared it away. */
  restore(keys: readonly string[]): void;
}

/** What the visitor decided, kept under a key of its own: it stands over what the app starts with. */
export const createConsent = (
  storage: DeviceStorage,
  prefix: string,
  keys: readonly string[],
  initial: Consent = 'granted',
  log: Log,
): ConsentKeeper => {
  const stored = DECISIONS.find((decision) => keys.includes(prefix + decision));
  let isStored = !!stored;
  let consent = stored || initial;
  if (!['pending', ...DECISIONS].includes(consent)) log.warn(BAD_CONSENT, 'consent', consent);
  const keep = (): void => log.guard('setConsent', () => storage.set(prefix + consent, '1'));
  return {
    now: () => consent,
    decide(decision) {
      if (!DECISIONS.includes(decision)) log.warn(BAD_CONSENT, 'setConsent', decision);
      if (!DECISIONS.includes(decision) || (isStored && decision === consent)) return false;
      const isNew = consent !== decision;
      consent = decision;
      isStored = true;
      keep();
      // The removal may come after a later decision.
      for (const other of DECISIONS) if (other !== decision) storage.remove(prefix + other, keep);
      return isNew;
    },
    restore(present) {
      if (isStored && !present.includes(prefix + consent)) keep();
    },
  };
};
