// A module that was renamed must not live on in the package.
import { rmSync } from 'node:fs';

for (const folder of ['dist', 'miniprogram_dist', 'standalone']) rmSync(folder, { recursive: true, force: true });
