import { expect, it } from 'vitest';
import { mpx } from '../../src/frameworks/mpx';
import { uniApp } from '../../src/frameworks/uniApp';
import * as minitrail from '../../src/index';
import type { Plugin } from '../../src/types/plugin';

const { createTracker, json, instrument, ...plugins } = { ...minitrail, uniApp, mpx } as unknown as Record<
  string,
  (options: object) => Plugin | readonly Plugin[]
>;

// A CommonJS file, as mini-programs get it, is a `default` as well.
delete plugins.default;

// Warnings say it, `debug()` looks for the options by it, and what a plugin remembers stands under it.
it.each(Object.entries(plugins))('%s says its own name', (name, make) => {
  const expected = { autotrack: 'pageView', remoteRules: 'trigger', mirror: 'mirror 1' }[name] ?? name;
  expect([make({ pageView: true })].flat()).toEqual([expect.objectContaining({ name: expected })]);
});
