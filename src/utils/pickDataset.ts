import { LARGE_DATASET } from '../codes';
import { byteLength } from './byteLength';
import type { Log } from './log';

const MAX_BYTES = 1024;

export interface DatasetOptions {
  /**
   * Which `data-` attributes of the element are taken, by their names in the dataset (`data-sku-id` is `skuId`).
   *
   * @default all of them
   */
  readonly dataset?: readonly string[];
  /**
   * How large what is taken of a dataset may be, as JSON in bytes. A larger one is left out as a whole, with a warning.
   *
   * @default 1024
   */
  readonly maxDatasetBytes?: number;
}

/** The allowed part of a dataset; nothing if that is empty or too large. */
export const pickDataset = (
  own: Readonly<Record<string, unknown>> | undefined,
  { dataset, maxDatasetBytes = MAX_BYTES }: DatasetOptions,
  log: Log,
): Record<string, unknown> | undefined => {
  const picked: Record<string, unknown> = {};
  for (const name of Object.keys(own || {})) {
    if (!dataset || dataset.includes(name)) picked[name] = (own as Record<string, unknown>)[name];
  }
  const text = log.guard('dataset', () => JSON.stringify(picked)) || '';
  if (byteLength(text) <= maxDatasetBytes) return text.length > 2 ? picked : undefined;
  log.warn(LARGE_DATASET, `${maxDatasetBytes}`);
  return undefined;
};
