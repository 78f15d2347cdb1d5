import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of every script in a folder, by its path there. */
export const readScripts = (dir, extension = '.js') =>
  Object.fromEntries(
    readdirSync(dir, { recursive: true })
      .filter((file) => file.endsWith(extension))
      .map((file) => [file.split('\\').join('/'), readFileSync(join(dir, file), 'utf8')]),
  );
