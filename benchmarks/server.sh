#!/usr/bin/env bash
# What the server takes: its memory when it has nothing to do, its peak in backups and restores of Secrets of about 1 KiB, and the time from "backup create" to Completed
# beside the engine alone, which is "aeos backup create --location" of the same namespaces.
#
#   KUBECONFIG=FILE benchmarks/server.sh [SECRETS...]      default 1000 100000
#
# Needs what benchmarks/engine.sh needs, and root, to set the kernel's count of the peak back between two measurements. "aeos install" installs what the server works on into the
# namespace velero; no controller has to run its Deployment, since the server runs here, with the arguments of that Deployment. Leaves the restored objects behind.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${KUBECONFIG:?set it to the kubeconfig of an API server that you can throw away}"
export KUBECONFIG
runs=${RUNS:-3}
namespaces=4
[ $# -gt 0 ] || set -- 1000 100000
# shellcheck source=benchmarks/engine-setup.sh
source benchmarks/engine-setup.sh

mkdir "$work/server"
"$aeos" install --provider aeos.io/filesystem --bucket server --backup-location-config "root=$work" --generate-encryption-secret > /dev/null 2> "$work/install" || { cat "$work/install" >&2; exit 1; }
"$aeos" server --features EnableEncryption --encryption-secret aeos-encryption-key --require-encryption --metrics-address 127.0.0.1:0 --download-address 127.0.0.1:0 > "$work/log" 2>&1 &
server=$!
trap 'kill "$server" 2> /dev/null || true; wait "$server" 2> /dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do "$aeos" backup-location get default -o json | grep -q Available && break; sleep 0.2; done
"$aeos" backup-location get default -o json | grep -q Available || { cat "$work/log" >&2; exit 1; }

memory() { awk -v what="$1:" '$1 == what { printf "%.0f", $2 / 1024 }' "/proc/$server/status"; }
processor() { awk '{ print ($14 + $15) / 100 }' "/proc/$server/stat"; }

# As measure of engine-setup.sh, of the server while a command waits for what it does: seconds, CPU seconds, KiB at the peak.
served() {
  local before after start end
  echo 5 > "/proc/$server/clear_refs"
  before=$(processor) start=$(date +%s.%N)
  "$aeos" "$@" --wait > "$work/output" 2>&1 || { cat "$work/output" "$work/log" >&2; exit 1; }
  end=$(date +%s.%N) after=$(processor)
  awk -v s="$start" -v e="$end" -v b="$before" -v a="$after" -v m="$(awk '$1 == "VmHWM:" { print $2 }' "/proc/$server/status")" 'BEGIN { print e - s, a - b, m }'
}

sleep 60
echo "Idle after a minute: $(memory VmRSS) MiB, $(memory VmHWM) MiB at the start."
echo
echo '| Secrets | | objects/s | s | CPU µs an object | peak MiB |'
echo '| --- | --- | --- | --- | --- | --- |'
number=0
for secrets in "$@"; do
  prefix=aeos-served-$(date +%s)
  names=$(seq -s, -f "$prefix-%.0f" 0 $((namespaces - 1)))
  mapping=$(for i in $(seq 0 $((namespaces - 1))); do printf '%s-%s:%s-restored-%s,' "$prefix" "$i" "$prefix" "$i"; done)
  "$raw" fill "$prefix" "$secrets" "$namespaces" > /dev/null

  for _ in $(seq "$runs"); do
    number=$((number + 1))
    measure "$aeos" backup create "$prefix-alone-$number" "${engine[@]}" --features EnableEncryption --include-namespaces "$names"
  done > "$work/alone"
  best < "$work/alone" | row "$secrets" 'the engine alone, encrypted'
  for _ in $(seq "$runs"); do
    number=$((number + 1))
    served backup create "$prefix-$number" --include-namespaces "$names"
  done > "$work/served"
  best < "$work/served" | row "$secrets" '`backup create` to Completed, encrypted'
  served restore create "$prefix-$number" --from-backup "$prefix-$number" --namespace-mappings "${mapping%,}" | row "$secrets" '`restore create` to Completed'
done

sleep 60
echo
echo "Idle a minute after that: $(memory VmRSS) MiB."
