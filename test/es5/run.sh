#!/usr/bin/env bash
# The unit tests on the source as TypeScript brings it to ES5, then the contract suites of the three hosts on the library
# as an app's build brings it there: by TypeScript, Babel and SWC.
# The first run installs the compilers into node_modules beside this file (60 MB).
set -euo pipefail
cd "$(dirname "$0")"

[ -d ../../node_modules/vitest ] || (cd ../.. && npm ci)
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-audit --no-fund

cd ../..
mkdir -p .cache
status=0
npx --no-install vitest run --reporter=dot --config test/es5/vitest.config.mjs || status=$?
for compiler in typescript babel swc; do
  node test/es5/compile.mjs "$compiler" ".cache/minitrail.$compiler.cjs"
  echo "== $compiler"
  MINITRAIL_BUNDLE=".cache/minitrail.$compiler.cjs" npx --no-install vitest run --reporter=dot test/adapters || status=$?
done
exit $status
