import type { CoreOptions } from '../createCore';
import type { Queue } from './createQueue';
import { recordsOf } from './recordText';

/** Removes what waits under none of the `claimed` prefixes, for endpoints that are no longer there, and has it counted. */
export const removeUnclaimed = (
  { options, prefix }: Pick<CoreOptions, 'options' | 'prefix'>,
  keys: readonly string[],
  claimed: readonly string[],
  { drop }: Queue,
): void => {
  let lost = 0;
  for (const key of keys) {
    const from = key.slice(0, key.lastIndexOf(':') + 1);
    if (!from.startsWith(prefix) || claimed.includes(from)) continue;
    for (const { unread } of recordsOf(from, [key])) {
      lost += unread;
      options.adapter.storage.remove(key, () => undefined);
    }
  }
  if (lost) drop('unclaimed', lost, [], 'recovered');
};
