#!/usr/bin/env bash
# The packed package through the vendors' own build tools: WeChat's miniprogram-ci and Douyin's tt-ide-cli. The first run
# installs them into node_modules beside this file (320 MB). The tools' calls to their vendors are refused: all traffic of
# the tests stays on loopback.
set -euo pipefail
cd "$(dirname "$0")"

[ -d ../../node_modules/vitest ] || (cd ../.. && npm ci)
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-audit --no-fund

cd ../..
npm run build
rm -f .cache/native-results.json
status=0
npx --no-install vitest run --config test/native/vitest.config.mjs || status=$?
node -e "
const { numPassedTests, numFailedTests } = JSON.parse(require('fs').readFileSync('.cache/native-results.json', 'utf8'));
console.log(numPassedTests + ' passed, ' + numFailedTests + ' failed');
"
exit $status
