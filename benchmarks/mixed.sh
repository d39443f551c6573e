#!/usr/bin/env bash
# Backs up and restores a cluster of many kinds of objects: 40 types, 15 of them custom, in 200 namespaces; into namespaces that are not there yet, and then over
# what is there, with both policies for existing objects.
#
#   KUBECONFIG=FILE benchmarks/mixed.sh [OBJECTS] [NAMESPACES]      default 20000 200
#
# Needs what benchmarks/engine.sh needs, and leaves behind what that leaves, besides 15 definitions widget*s.bench.aeos.example.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${KUBECONFIG:?set it to the kubeconfig of an API server that you can throw away}"
export KUBECONFIG
objects=${1:-20000}
namespaces=${2:-200}
# shellcheck source=benchmarks/engine-setup.sh
source benchmarks/engine-setup.sh

prefix=aeos-mixed-$(date +%s)
names=$(seq -s, -f "$prefix-%.0f" 0 $((namespaces - 1)))
mapping=$(for i in $(seq 0 $((namespaces - 1))); do printf '%s-%s:%s-restored-%s,' "$prefix" "$i" "$prefix" "$i"; done)
restore() { measure "$aeos" restore create "$1" --from-backup mixed "${engine[@]}" --namespace-mappings "$mapping" "${@:2}"; }

echo '| objects | | objects/s | s | CPU µs an object | peak MiB |'
echo '| --- | --- | --- | --- | --- | --- |'
"$raw" mixed "$prefix" "$objects" "$namespaces" | row "$objects" '32 plain connections, POST'
measure "$aeos" backup create mixed "${engine[@]}" --features EnableEncryption --include-namespaces "$names" | row "$objects" '`aeos backup create`, encrypted, by name of each namespace'
measure "$aeos" backup create all "${engine[@]}" --features EnableEncryption | row "$objects" '`aeos backup create`, encrypted, the whole cluster'
restore new | row "$objects" '`aeos restore create`, into new namespaces'
restore none | row "$objects" '`aeos restore create`, over what is there: `none`'
restore update --existing-resource-policy update | row "$objects" '`aeos restore create`, over what is there: `update`'
