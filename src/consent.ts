import { BAD_CONSENT } from './codes';
import type { CoreOptions } from './createCore';
import type { Consent } from './types/options';

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
export const createConsent = ({ options, prefix, log }: CoreOptions, keys: readonly string[]): ConsentKeeper => {
  const { storage } = options.adapter;
  let stored = DECISIONS.find((decision) => keys.includes(prefix + decision));
  let consent = stored || options.consent || 'granted';
  if (!['pending', ...DECISIONS].includes(consent)) log.warn(BAD_CONSENT, 'consent', consent);
  const keep = (): void => log.guard('setConsent', () => storage.set(prefix + consent, '1'));
  return {
    now: () => consent,
    decide(decision) {
      const before = consent;
      if (!DECISIONS.includes(decision)) log.warn(BAD_CONSENT, 'setConsent', decision);
      else if (decision !== stored) {
        consent = stored = decision;
        keep();
        // The removal may come after a later decision.
        storage.remove(prefix + (decision === 'denied' ? 'granted' : 'denied'), keep);
      }
      return consent !== before;
    },
    restore(present) {
      if (stored && !present.includes(prefix + consent)) keep();
    },
  };
};
