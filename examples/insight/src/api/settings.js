import { mkdirSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

const EMPTY = {
  segments: [],
  tags: [],
  links: [],
  costs: [],
  campaigns: [],
  boards: [],
  recalls: [],
  alerts: [],
  plan: [],
  out_of_stock: [],
  rules: null,
};

/**
 * What the merchant typed in: saved segments, tags, links, costs, campaigns, boards, recall campaigns, alerts, the tracking plan, rules for phones. It is not derived from events, so it
 * is a file of its own beside the journal, and outlives the database. Written whole, to the disk before the old one goes.
 */
export const openSettings = (path) => {
  let kept = { ...EMPTY };
  if (path) {
    mkdirSync(dirname(path), { recursive: true });
    try {
      kept = { ...EMPTY, ...JSON.parse(readFileSync(path, 'utf8')) };
    } catch (error) {
      // No file: nothing was typed in yet. Anything else must not be overwritten by an empty one.
      if (error.code !== 'ENOENT') throw error;
    }
  }
  let last = Promise.resolve();
  const write = async () => {
    const file = await open(`${path}.new`, 'w');
    try {
      await file.writeFile(JSON.stringify(kept, null, 2));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
  };
  return {
    get: (name) => kept[name],
    set: (name, value) => {
      kept = { ...kept, [name]: value };
      if (path) last = last.then(write, write);
      return last;
    },
  };
};
