import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

// The package unpacks itself once and takes a half written file for a finished one, so that two test files which
// start on a fresh machine together must not do it at the same time.
const LOCK = join(tmpdir(), 'minitrail-chromium.lock');
const UNPACK_LIMIT_MS = 60_000;

const unpack = async () => {
  for (;;) {
    try {
      mkdirSync(LOCK);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const age = Date.now() - (statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > UNPACK_LIMIT_MS) return chromium.executablePath(); // left by a process that was killed
      await sleep(100);
    }
  }
  try {
    return await chromium.executablePath();
  } finally {
    rmdirSync(LOCK);
  }
};

// Pages without WebGL are drawn in half the time without an emulated graphics card.
chromium.setGraphicsMode = false;

/** A headless browser from npm, the same on every machine. */
export const launchChromium = async () => {
  const executablePath = await unpack();
  // A single process ends with its first closed context.
  const args = chromium.args.filter((arg) => arg !== '--single-process');
  return playwright.launch({ executablePath, args });
};
