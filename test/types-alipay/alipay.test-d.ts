// A project of its own: the vendors' typings declare `App`, `Page`, `my` … as globals that clash with each other's.
import type { MyApi } from '../../adapters/alipay';
import type { AlipayCloud } from '../../src/cloud/shared/alipayCloud';

declare global {
  // Alipay's typings leave it out.
  const console: Record<'log' | 'warn', (...values: readonly unknown[]) => void>;
}

my satisfies MyApi;

// The document allows a string where the typings ask for pairs of strings (`data: string` is in both), and knows `text`.
my.request({ url: '', method: 'POST', headers: {}, data: '{}', dataType: 'text', timeout: 10000 });

// A scene is a string in all documents and a number here: `entry` takes both.
my.getLaunchOptionsSync().scene satisfies number | string | undefined;

my.cloud.createCloudContext({ env: 'env-1' }) satisfies AlipayCloud;
