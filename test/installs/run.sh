#!/usr/bin/env bash
# Every documented import, from the file that npm would publish, by each tool that users have: webpack 4 and 5, rollup, esbuild,
# vite, and Node's require and import.
set -euo pipefail
cd "$(dirname "$0")"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-audit --no-fund
node ../../scripts/subpaths.mjs
trap 'node ../../scripts/subpaths.mjs --clean' EXIT
rm -rf packed && mkdir packed
(cd ../.. && npm pack --ignore-scripts --silent --pack-destination test/installs/packed)
rm -rf node_modules/minitrail && mkdir node_modules/minitrail
tar -xzf packed/*.tgz -C node_modules/minitrail --strip-components 1
node bundle.mjs
