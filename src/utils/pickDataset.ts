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

/** A copy of the allowed part of a dataset, which the app may change from then on. */
export const pickDataset = (own: Dataset | undefined, names: DatasetOptions['dataset']): Dataset => {
  const picked: Record<string, unknown> = {};
  for (const name of Object.keys(own || {})) {
    if (names && !names.includes(name)) continue;
    const value = (own as Dataset)[name];
    picked[name] = typeof value === 'object' && value ? copyOf(value) : value;
  }
  return picked;
};

/** As JSON has it; a value that it cannot carry stays, so that `smallDataset` names it. */
const copyOf = (value: object): unknown => {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    return value;
  }
};

/** The dataset; nothing if that is empty or too large. */
export const smallDataset = (picked: Dataset, max: number | undefined, log: Log): Dataset | undefined => {
  const limit = within(max, 0, Infinity, MAX_BYTES);
  const text = log.guard('dataset', () => JSON.stringify(picked)) || '';
  if (byteLength(text) <= limit) return text.length > 2 ? picked : undefined;
  log.warn(LARGE_DATASET, `${limit}`);
  return undefined;
};
