#!/usr/bin/env bash
# Small changes of the source, one at a time, and which of them the tests do not notice. The first run installs Stryker into
# node_modules beside this file (25 MB).
set -euo pipefail
cd "$(dirname "$0")"

[ -d ../../node_modules/vitest ] || (cd ../.. && npm ci)
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-audit --no-fund

cd ../..
exec node test/mutants/run.mjs "$@"
