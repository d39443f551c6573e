#!/usr/bin/env bash
# Peak resident memory of `aeos encrypt` and `aeos decrypt` at two sizes, through pipes: it must not grow with the size.
#
#   benchmarks/memory.sh [SIZE...]      default 100M 10G
#
# Needs: out/aeos (scripts/publish.sh), Debian's time.
set -euo pipefail
cd "$(dirname "$0")/.."
aeos=$PWD/out/aeos
[ -x "$aeos" ] || { echo "out/aeos is missing: run scripts/publish.sh first." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$aeos" keygen -o raw --out "$work/key" 2>/dev/null
[ $# -gt 0 ] || set -- 100M 10G
for size in "$@"; do
  head -c "$size" /dev/zero \
    | /usr/bin/time -o "$work/encrypt" -f %M "$aeos" encrypt --key-file "$work/key" \
    | /usr/bin/time -o "$work/decrypt" -f %M "$aeos" decrypt --key-file "$work/key" \
    | wc -c > "$work/count"
  awk -v size="$size" -v count="$(cat "$work/count")" '
    FNR == 1 { peak[FILENAME] = $1 / 1024; names[++n] = FILENAME }
    END { printf "%-6s encrypt %6.1f MiB, decrypt %6.1f MiB peak (%s bytes came back)\n", size, peak[names[1]], peak[names[2]], count }' \
    "$work/encrypt" "$work/decrypt"
done
