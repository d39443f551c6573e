#!/usr/bin/env bash
# What benchmarks/engine.sh and benchmarks/mixed.sh share: sourced in the repository's folder, with KUBECONFIG set. Leaves the programs in $raw and $aeos, a location
# in memory with a key in ${engine[@]}, and a folder that goes away in the end in $work.

dotnet build benchmarks/Aeos.RawClient -c Release -v quiet --nologo > /dev/null
raw=benchmarks/Aeos.RawClient/bin/Release/net10.0/raw-client
aeos=$PWD/out/aeos
if [ ! -x "$aeos" ]; then
  echo "out/aeos is missing (scripts/publish.sh makes it): measuring a Release build on the runtime instead, which takes more memory." >&2
  dotnet build src/Aeos.Cli -c Release -v quiet --nologo > /dev/null
  aeos=$PWD/src/Aeos.Cli/bin/Release/net10.0/aeos
fi

work=$(mktemp -d /dev/shm/aeos-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/velero"
"$aeos" keygen --out "$work/aeos.key" 2> /dev/null
cat > "$work/location.yaml" <<EOF
apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: default, namespace: velero }
spec:
  provider: aeos.io/filesystem
  objectStorage: { bucket: velero }
  config: { root: $work }
EOF
engine=(--location "$work/location.yaml" --encryption-key-file "$work/aeos.key")

# What a command takes: seconds, CPU seconds, KiB at the peak. It has to succeed.
measure() {
  /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" > "$work/output" 2>&1 || { cat "$work/output" >&2; exit 1; }
  awk '{ print $1, $2 + $3, $4 }' "$work/time"
}

best() { sort -n | head -n 1; }

row() { awk -v n="$1" -v what="$2" '{ printf "| %s | %s | %.0f | %.2f | %.0f | %.0f |\n", n, what, n / $1, $1, $2 * 1e6 / n, $3 / 1024 }'; }
