#!/usr/bin/env bash
# Puts and gets through the native plugin on Azurite, encrypted and not, at three block sizes. CPU time and peak memory are the plugin's own;
# the rate is mostly Azurite's.
#
#   benchmarks/azure.sh [BYTES]         default 1073741824
#
# Needs: out/velero-plugin-aeos (scripts/publish.sh), Node.js, and what tests/interop/velero-host/build.sh names.
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-1073741824}
plugin=$PWD/out/velero-plugin-aeos
[ -x "$plugin" ] || { echo "out/velero-plugin-aeos is missing: run scripts/publish.sh first." >&2; exit 1; }
[ -d tests/interop/azurite/node_modules ] || npm --prefix tests/interop/azurite ci --silent --ignore-scripts
work=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
AZURE_STORAGE_ACCOUNT_ACCESS_KEY=$(head -c 64 /dev/urandom | base64 -w 0)
export AZURE_STORAGE_ACCOUNT_ACCESS_KEY
mkfifo "$work/stdin"
AZURITE_ACCOUNTS="bench:$AZURE_STORAGE_ACCOUNT_ACCESS_KEY" node tests/interop/azurite/start.cjs --blobHost 127.0.0.1 --blobPort "$port" \
  --location "$work" --silent --skipApiVersionCheck --disableTelemetry < "$work/stdin" &
azurite=$!
exec 3> "$work/stdin"
# Azurite's own end waits for its stdin.
trap 'exec 3>&-; kill -9 "$azurite" 2>/dev/null || true; rm -rf "$work"' EXIT
until curl -s -o /dev/null "http://127.0.0.1:$port/"; do kill -0 "$azurite"; sleep 0.2; done
tests/interop/velero-host/build.sh "$work/velero-host"
for block in 1 8 64; do
  for encrypt in all archive; do
    printf 'blocks of %2s MiB, encrypt=%-8s' "$block" "$encrypt"
    "$work/velero-host" --plugin "$plugin" --azure "http://127.0.0.1:$port/bench" --root "$work/data" --size "$size" \
      --set "blockSizeInBytes=$((block << 20))" --set "encrypt=$encrypt" large
  done
done
