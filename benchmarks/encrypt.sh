#!/usr/bin/env bash
# Encrypts and decrypts the same file with aeos, age, rclone's crypt and the AWS Encryption SDK for JavaScript, in one run.
# Prints CPU seconds (user + system), wall-clock seconds and peak resident memory of each, the median of RUNS runs.
#
#   benchmarks/encrypt.sh [SIZE]        SIZE as head -c takes it, default 1G
#
# Needs: out/aeos (scripts/publish.sh), Debian's age, rclone, time; node. Input lies in memory (/dev/shm) and output goes to /dev/null, so that neither a
# disk nor the page cache is measured; rclone writes files alone, so its writing has those of /dev/shm in it.
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-1G}
runs=${RUNS:-5}
aeos=$PWD/out/aeos
javascript=$PWD/benchmarks/javascript-sdk.mjs
work=$(mktemp -d /dev/shm/aeos-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT

[ -x "$aeos" ] || { echo "out/aeos is missing: run scripts/publish.sh first." >&2; exit 1; }
for tool in age age-keygen rclone node; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: apt-get install age rclone, and Node.js." >&2; exit 1; }
done
[ -x /usr/bin/time ] || { echo "/usr/bin/time is missing: apt-get install time." >&2; exit 1; }
[ -d tests/interop/javascript/node_modules ] || npm --prefix tests/interop/javascript ci --silent

head -c "$size" /dev/urandom > "$work/plain"
"$aeos" keygen -o raw --out "$work/key" 2>/dev/null
age-keygen -o "$work/age.key" 2>/dev/null
recipient=$(age-keygen -y "$work/age.key")
export RCLONE_CONFIG=/dev/null RCLONE_CONFIG_VAULT_TYPE=crypt RCLONE_CONFIG_VAULT_REMOTE="$work/rclone"
RCLONE_CONFIG_VAULT_PASSWORD=$(head -c 24 /dev/urandom | base64 | rclone obscure -)
export RCLONE_CONFIG_VAULT_PASSWORD
mkdir "$work/rclone"

# The middle of the numbers in column $1 of the measurements, times $2.
median() {
  cut -d ' ' -f "$1" "$work/times" | sort -n | sed -n "$(((runs + 1) / 2))p" | awk -v factor="$2" '{ print $1 * factor }'
}

# measure NAME COMMAND...: runs it RUNS times and prints the median of each figure.
measure() {
  local name=$1; shift
  rm -f "$work/times"
  for _ in $(seq "$runs"); do
    /usr/bin/time -o "$work/time" -f '%U %S %e %M' "$@" >/dev/null
    awk '{ print $1 + $2, $3, $4 }' "$work/time" >> "$work/times"
  done
  printf '%-24s %8.2f s CPU %8.2f s wall %8.1f MiB peak\n' "$name" "$(median 1 1)" "$(median 2 1)" "$(median 3 0.0009765625)"
}

printf '%s of random bytes, median of %s runs, %s, %s\n' "$size" "$runs" "$(date -u +%F)" "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
printf 'aeos %s; age %s; %s; node %s\n\n' "$("$aeos" --version)" "$(age --version)" "$(rclone version | head -1)" "$(node --version)"

# What the decrypting side reads, and a check that each gives back what it was given.
"$aeos" encrypt --key-file "$work/key" -o "$work/aeos" "$work/plain"
age -r "$recipient" -o "$work/age" "$work/plain"
rclone copyto "$work/plain" vault:plain
node "$javascript" encrypt "$work/key" "$work/plain" "$work/js"
"$aeos" decrypt --key-file "$work/key" "$work/js" | cmp - "$work/plain"
node "$javascript" decrypt "$work/key" "$work/aeos" /dev/stdout | cmp - "$work/plain"
age -d -i "$work/age.key" "$work/age" | cmp - "$work/plain"
rm "$work/js"

measure "aeos encrypt" "$aeos" encrypt --key-file "$work/key" -o /dev/null "$work/plain"
measure "age encrypt" age -r "$recipient" -o /dev/null "$work/plain"
measure "JavaScript SDK encrypt" node "$javascript" encrypt "$work/key" "$work/plain" /dev/null
measure "rclone crypt, write" rclone copyto --ignore-times "$work/plain" vault:again
measure "aeos decrypt" "$aeos" decrypt --key-file "$work/key" -o /dev/null "$work/aeos"
measure "age decrypt" age -d -i "$work/age.key" -o /dev/null "$work/age"
measure "JavaScript SDK decrypt" node "$javascript" decrypt "$work/key" "$work/aeos" /dev/null
measure "rclone crypt, read" rclone cat vault:plain
