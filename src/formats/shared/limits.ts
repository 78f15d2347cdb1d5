import type { FormatLimits } from '../../types/format';

/**
 * For formats that repeat the context with every event. Lines of 64 KB become a body of some 150 KB, which a phone on
 * a weak network sends within the timeout; every engine takes several times as much.
 */
export const ROW_LIMITS: FormatLimits = { events: 100, bytes: 64 * 1024 };
