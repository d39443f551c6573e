#!/usr/bin/env bash
# Backs up and restores Secrets of about 1 KiB on a real API server, beside plain HTTP clients that read and write the same ones.
#
#   KUBECONFIG=FILE benchmarks/engine.sh [SECRETS...]      default 1000 10000 100000
#
# Needs: an API server that you can throw away (a controller manager does not matter), whose user may do everything, with a token or a client
# certificate in the kubeconfig; the .NET SDK; Debian's time; out/aeos (scripts/publish.sh), else a Release build of it is used and said.
# Namespaces aeos-bench-* are made and stay: deleting takes as long as making. Objects of the bucket lie in memory (/dev/shm).
#
# Each figure is the best of RUNS (default 3) but for what is created: there the plain client goes before and after the restore, and its mean counts.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${KUBECONFIG:?set it to the kubeconfig of an API server that you can throw away}"
export KUBECONFIG
runs=${RUNS:-3}
namespaces=4
[ $# -gt 0 ] || set -- 1000 10000 100000

# shellcheck source=benchmarks/engine-setup.sh
source benchmarks/engine-setup.sh

number=0
echo '| Secrets | | objects/s | s | CPU µs an object | peak MiB |'
echo '| --- | --- | --- | --- | --- | --- |'
for secrets in "$@"; do
  # Another prefix each time: a second run on the same server works too.
  prefix=aeos-bench-$(date +%s)
  names=$(seq -s, -f "$prefix-%.0f" 0 $((namespaces - 1)))
  mapping=$(for i in $(seq 0 $((namespaces - 1))); do printf '%s-%s:%s-restored-%s,' "$prefix" "$i" "$prefix" "$i"; done)
  before=$("$raw" fill "$prefix" "$secrets" "$namespaces")

  for _ in $(seq "$runs"); do "$raw" list "$prefix" "$secrets" "$namespaces"; done | best | row "$secrets" 'plain paged lists, read to nowhere'
  for _ in $(seq "$runs"); do
    number=$((number + 1))
    measure "$aeos" backup create "bench-$number" "${engine[@]}" --features EnableEncryption --include-namespaces "$names"
  done > "$work/backups"
  best < "$work/backups" | row "$secrets" '`aeos backup create`, encrypted'

  measure "$aeos" restore create "bench-$number" --from-backup "bench-$number" "${engine[@]}" --namespace-mappings "$mapping" > "$work/restore"
  after=$("$raw" fill "$prefix-again" "$secrets" "$namespaces")
  printf '%s\n%s\n' "$before" "$after" | awk '{ for (i = 1; i <= NF; i++) sum[i] += $i } END { print sum[1] / NR, sum[2] / NR, sum[3] / NR }' \
    | row "$secrets" '32 plain connections, POST'
  row "$secrets" '`aeos restore create`' < "$work/restore"
  rm -rf "$work/velero/backups" "$work/velero/restores"
done
