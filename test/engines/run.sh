#!/usr/bin/env bash
# The formats against the engines and official clients that they speak to. Downloads about 250 MB (600 MB on disk) on its
# first run: npm packages, Debian's clickhouse-server (unpacked, not installed), the compiled schema of OTLP. All traffic
# of the tests stays on loopback.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
store=$here/.engines
mkdir -p "$store"

[ -d ../../node_modules/vitest ] || (cd ../.. && npm ci)
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci

# Of the packages that clickhouse-server needs, those that this machine lacks.
if [ ! -x "$store/clickhouse/root/usr/sbin/clickhouse-server" ]; then
  mkdir -p "$store/clickhouse/packages" "$store/clickhouse/root"
  cd "$store/clickhouse/packages"
  apt-get update -qq || true
  for package in $(apt-get install -s --no-install-recommends clickhouse-server | awk '/^Inst/ { print $2 }'); do
    apt-get download -qq "$package"
  done
  for package in *.deb; do dpkg -x "$package" "$store/clickhouse/root"; done
  cd "$here"
fi

# The official .proto files, as protoc compiled them into the package that the project itself publishes.
if [ ! -s "$store/otlp/descriptors.bin" ]; then
  mkdir -p "$store/otlp"
  python3 -m pip download -q --retries 1 --no-deps --only-binary :all: -d "$store/otlp" opentelemetry-proto==1.45.0
  python3 readDescriptors.py "$store"/otlp/*.whl "$store/otlp/descriptors.bin"
fi

cd ../..
rm -f .cache/engine-results.json
status=0
npx --no-install vitest run --config test/engines/vitest.config.mjs || status=$?
node -e "
const { numPassedTests, numFailedTests } = JSON.parse(require('fs').readFileSync('.cache/engine-results.json', 'utf8'));
console.log(numPassedTests + ' passed, ' + numFailedTests + ' failed');
"
exit $status
