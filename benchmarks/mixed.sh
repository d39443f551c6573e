#!/usr/bin/env bash
# Backs up a cluster of many kinds of objects, 40 types, 15 of them custom, in 200 namespaces; restores it into an empty cluster, which has to learn the custom types from
# the archive; and restores it again over what is there, with both policies for existing objects.
#
#   KUBECONFIG=FILE EMPTY='COMMAND' benchmarks/mixed.sh [OBJECTS] [NAMESPACES]      default 20000 200
#
# Needs what benchmarks/engine.sh needs, of an API server with nothing in it; and EMPTY, a command that ends it and starts it anew with an empty data directory, so that
# KUBECONFIG is right again when the command is done. One after the other, since two servers would share the cores. Leaves the restored objects behind.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${KUBECONFIG:?set it to the kubeconfig of an API server that you can throw away}"
export KUBECONFIG
: "${EMPTY:?set it to a command that starts that API server anew, empty}"
objects=${1:-20000}
namespaces=${2:-200}
# shellcheck source=benchmarks/engine-setup.sh
source benchmarks/engine-setup.sh

prefix=aeos-mixed-$(date +%s)
names=$(seq -s, -f "$prefix-%.0f" 0 $((namespaces - 1)))
restore() { measure "$aeos" restore create "$1" --from-backup mixed "${engine[@]}" "${@:2}"; }
created() { zcat "$work/velero/restores/$1/restore-$1-resource-list.json.gz" | grep -o '(created)' | wc -l; }

echo '| objects | | objects/s | s | CPU µs an object | peak MiB |'
echo '| --- | --- | --- | --- | --- | --- |'
"$raw" mixed "$prefix" "$objects" "$namespaces" | row "$objects" '32 plain connections, POST'
measure "$aeos" backup create mixed "${engine[@]}" --features EnableEncryption --include-namespaces "$names" | row "$objects" '`aeos backup create`, encrypted, by name of each namespace'
measure "$aeos" backup create all "${engine[@]}" --features EnableEncryption | row "$objects" '`aeos backup create`, encrypted, the whole cluster'
bash -c "$EMPTY" > "$work/empty" 2>&1 || { cat "$work/empty" >&2; exit 1; }
restore new > "$work/new"
[ "$(created new)" -ge $((objects + namespaces)) ] || { echo "only $(created new) objects were made: the cluster was not empty" >&2; exit 1; }
row "$objects" '`aeos restore create`, into an empty cluster' < "$work/new"
restore none | row "$objects" '`aeos restore create`, over what is there: `none`'
restore update --existing-resource-policy update | row "$objects" '`aeos restore create`, over what is there: `update`'
