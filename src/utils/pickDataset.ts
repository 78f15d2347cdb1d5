import { LARGE_DATASET } from '../codes';
import { byteLength } from './byteLength';
import type { Log } from './log';
import { within } from './within';

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

type Dataset = Readonly<Record<string, unknown>>;

/** The allowed part of a dataset as JSON, as it is now: the app may change the object in the next moment. */
export const pickDataset = (own: Dataset | undefined, { dataset }: DatasetOptions, log: Log): string => {
  const picked: Record<string, unknown> = {};
  const names = dataset && ([] as unknown[]).concat(dataset);
  for (const name of Object.keys(own || {})) if (!names || names.includes(name)) picked[name] = (own as Dataset)[name];
  return log.guard('dataset', () => JSON.stringify(picked)) || '';
};

/** What `pickDataset` took; nothing if that is empty or too large. */
export const smallDataset = (text: string, options: DatasetOptions, log: Log): Dataset | undefined => {
  const max = within(options.maxDatasetBytes, 0, Infinity, MAX_BYTES);
  // Not `{}`.
  if (text.length < 3) return undefined;
  // A unit of text is three bytes at most, and counting is dear.
  if (text.length * 3 <= max || byteLength(text) <= max) return JSON.parse(text);
  log.warn(LARGE_DATASET, `${max}`);
  return undefined;
};
