#!/bin/bash
# Checks that the native binaries run where Velero runs: scripts/check-native.sh [DIR], default out/.
# They may need libc, libm and the loader, and no glibc symbol that is newer than that of Velero's image (glibc 2.35).
set -euo pipefail
newest=2.35
folder=$(realpath "${1:-$(dirname "$0")/../out}")

command -v readelf > /dev/null || { echo "check-native.sh: readelf is missing. On Debian or Ubuntu: apt-get install binutils" >&2; exit 1; }

failed=0
complain() {
  echo "check-native.sh: $1" >&2
  failed=1
}

for binary in velero-plugin-aeos aeos; do
  file=$folder/$binary
  [ -x "$file" ] || { complain "$file is missing. scripts/publish.sh makes it."; continue; }

  libraries=$(readelf -W -d "$file" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
  while read -r library; do
    case $library in
      libc.so.6 | libm.so.6 | ld-linux-x86-64.so.2 | ld-linux-aarch64.so.1 | "") ;;
      *) complain "$binary needs $library, which Velero's image need not have." ;;
    esac
  done <<< "$libraries"

  # The version section names each library's versions that the binary asks for.
  versions=$(readelf -W -V "$file" | sed -n '/Version needs section/,$p' | grep -o 'Name: [A-Z_]*[0-9.]*' | cut -d' ' -f2 | sort -u -V || true)
  [ -n "$versions" ] || complain "$binary: readelf shows no versions of glibc; the check cannot tell anything."
  for version in $versions; do
    number=${version#GLIBC_}
    if [ "$number" = "$version" ]; then
      complain "$binary asks for $version, which is not glibc's."
    elif [ "$(printf '%s\n%s\n' "$number" "$newest" | sort -V | tail -1)" != "$newest" ]; then
      complain "$binary asks for a symbol of glibc $number: $(objdump -T "$file" | awk -v v="($version)" 'index($0, v) { print $NF }' | paste -sd' '). Velero's image has $newest."
    fi
  done
  echo "$binary needs $(echo $libraries), glibc $(echo "$versions" | tail -1 | sed s/GLIBC_//) or newer"
done
exit $failed
