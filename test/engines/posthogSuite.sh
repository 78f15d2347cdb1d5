#!/usr/bin/env bash
# PostHog's public test suite for SDKs against a tracker: posthogSuite.sh <checkout of PostHog/posthog-sdk-test-harness>
# The suite is in no registry, so run.sh leaves it out. One of its tests must fail: max_retries_respected wants events to be
# given up after three retries, and ours wait as long as age and size allow.
set -euo pipefail
cd "$(dirname "$0")"
checkout=$(realpath "$1")
store=$PWD/.engines/posthog
mkdir -p "$store"
[ -d "$store/python/flask" ] || python3 -m pip install -q --retries 1 --target "$store/python" flask aiohttp click pyyaml

node posthogAdapter.mjs > "$store/adapter.log" 2>&1 &
adapter=$!
trap 'kill $adapter' EXIT
for _ in $(seq 100); do
  url=$(grep -m1 '^http' "$store/adapter.log" || true)
  [ -n "$url" ] && break
  sleep 0.1
done
PYTHONPATH="$store/python:$checkout/src" python3 runPosthogSuite.py run \
  --adapter-url "$url" --mock-port 18181 --mock-url http://127.0.0.1:18181 --suite capture
