// The licences of what the lockfile installs, by licence. Nothing of it ships: the package has no dependencies.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const byLicence = new Map();
for (const [path, { license = 'not named in the lockfile', version, optional }] of Object.entries(packages)) {
  // Builds for other systems are optional, and alike.
  if (!path || optional) continue;
  const name = `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`;
  byLicence.set(license, [...(byLicence.get(license) || []), name]);
}
for (const [licence, names] of [...byLicence].sort((a, b) => b[1].length - a[1].length))
  console.log(`${licence} (${names.length})\n  ${[...new Set(names)].sort().join(', ')}\n`);
