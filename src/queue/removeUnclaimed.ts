import type { CoreOptions } from '../createCore';
import type { Queue } from './createQueue';
import type { StoredRecord } from './entry';
import { recordsOf } from './recordText';

/** Removes the records that are none of the `claimed`, for endpoints that are no longer there, and has them counted. */
export const removeUnclaimed = (
  { options, prefix }: Pick<CoreOptions, 'options' | 'prefix'>,
  keys: readonly string[],
  claimed: readonly StoredRecord[],
  { drop }: Queue,
): void => {
  let lost = 0;
  for (const key of keys) {
    const from = key.slice(0, key.lastIndexOf(':') + 1);
    if (!from.startsWith(prefix) || claimed.some((record) => record.key === key)) continue;
    for (const { unread } of recordsOf(from, [key])) {
      lost += unread;
      options.adapter.storage.remove(key, () => undefined);
    }
  }
  if (lost) drop('unclaimed', lost, [], 'recovered');
};
