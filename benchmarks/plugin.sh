#!/usr/bin/env bash
# Puts and gets through the native plugin, driven by a host on HashiCorp's go-plugin: encrypted, and the same with encryption off
# (encrypt: archive leaves an object that is no archive as it is). CPU time and peak memory are the plugin's own; the handshake's time is in the last line.
#
#   benchmarks/plugin.sh [BYTES]        default 1073741824
#
# Needs: out/velero-plugin-aeos (scripts/publish.sh) and what tests/interop/velero-host/build.sh names. Objects lie in memory (/dev/shm).
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-1073741824}
runs=${RUNS:-3}
plugin=$PWD/out/velero-plugin-aeos
[ -x "$plugin" ] || { echo "out/velero-plugin-aeos is missing: run scripts/publish.sh first." >&2; exit 1; }
work=$(mktemp -d /dev/shm/aeos-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT
tests/interop/velero-host/build.sh "$work/velero-host"
for run in $(seq "$runs"); do
  for encrypt in all archive; do
    printf 'run %s, encrypt=%-8s' "$run" "$encrypt"
    "$work/velero-host" --plugin "$plugin" --root "$work/data" --size "$size" --set "encrypt=$encrypt" large
  done
done
"$work/velero-host" --plugin "$plugin" --root "$work/data" start-and-end
