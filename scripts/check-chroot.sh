#!/bin/bash
# Runs the native plugin where there is almost nothing: scripts/check-chroot.sh [DIR [HOST]]. DIR (default out/) has the binary, HOST is the Go host
# (default: built now). A root folder with libc, libm, the loader, /dev/urandom, /dev/null and /tmp, in which the plugin completes a put and a get.
# Needs to be root, for chroot and mknod; exit code 77 says that it could not be tried here.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath "${1:-out}")
host=${2:-}

skip() {
  echo "check-chroot.sh: not tried: $1"
  exit 77
}

[ -x "$folder/velero-plugin-aeos" ] || skip "$folder/velero-plugin-aeos is missing. scripts/publish.sh makes it."
[ "$(id -u)" = 0 ] || skip "chroot needs root."
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/dev" "$root/tmp"
chmod 1777 "$root/tmp"
mknod -m 666 "$root/dev/urandom" c 1 9 2> /dev/null && mknod -m 666 "$root/dev/null" c 1 3 || skip "devices cannot be made here."
# Some container runtimes let devices be made and not be opened.
head -c 1 "$root/dev/urandom" > /dev/null 2>&1 || skip "devices cannot be opened here."

if [ -z "$host" ]; then
  command -v go > /dev/null || skip "go is missing."
  host=$root/velero-host
  tests/interop/velero-host/build.sh "$host"
else
  cp "$host" "$root/velero-host"
fi

cp "$folder/velero-plugin-aeos" "$root/"
ldd "$folder/velero-plugin-aeos" | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done

echo "In the root folder: $(cd "$root" && find . -type f -o -type c | sed 's/^\.//' | sort | paste -sd' ')"
env -i "$(command -v chroot)" "$root" /velero-host --plugin /velero-plugin-aeos --root /tmp/check round-trip missing
