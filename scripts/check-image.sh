#!/bin/bash
# Builds the plugin's image and runs it as Velero's init container, and the server's image and runs the server in it: scripts/check-image.sh [DIR].
# DIR (default out/) has the binaries.
# With buildah, and with a stand-in for the base image made of this machine's libc, certificate authorities and time zones, so that nothing is fetched.
# Needs root; exit code 77 says that it could not be tried here.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath "${1:-out}")

skip() {
  echo "check-image.sh: not tried: $1"
  exit 77
}

for binary in velero-plugin-aeos aeos; do
  [ -x "$folder/$binary" ] || skip "$folder/$binary is missing. scripts/publish.sh makes it."
done
command -v buildah > /dev/null || skip "buildah is missing. On Debian: apt-get install buildah"
[ "$(id -u)" = 0 ] || skip "buildah without user namespaces needs root."

work=$(mktemp -d)
container=
export STORAGE_DRIVER=vfs
buildah() { command buildah --root "$work/storage" --runroot "$work/run" "$@"; }
cluster=
server=
clean() {
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2> /dev/null || true
  [ -z "$cluster" ] || { exec 3>&-; wait "$cluster" || true; }
  buildah rm --all > /dev/null || true
  rm -rf "$work"
}
trap clean EXIT

base=$work/base
mkdir -p "$base/tmp" "$base/etc"
chmod 1777 "$base/tmp"
for binary in velero-plugin-aeos aeos; do
  ldd "$folder/$binary" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$base$(dirname "$library")"
    cp -L "$library" "$base$library"
  done
done
for file in /etc/ssl/certs/ca-certificates.crt /usr/share/zoneinfo/Europe/Oslo; do
  [ -f "$file" ] || skip "$file is missing. On Debian: apt-get install ca-certificates tzdata"
  mkdir -p "$base$(dirname "$file")"
  cp -L "$file" "$base$file"
done
container=$(buildah from scratch)
buildah copy -q "$container" "$base" / > /dev/null
buildah commit -q "$container" localhost/base > /dev/null
buildah rm "$container" > /dev/null
container=

mkdir "$work/context"
cp "$folder/velero-plugin-aeos" "$work/context/"
buildah bud -q --isolation chroot --build-arg BASE=localhost/base -f deploy/Dockerfile -t localhost/velero-plugin-aeos "$work/context" > /dev/null

# What Velero does: an empty folder at /target, the image's own entry point, its own user.
mkdir "$work/target"
chown 65532:65532 "$work/target"
container=$(buildah from localhost/velero-plugin-aeos)
read -r -a command <<< "$(buildah inspect --type image --format '{{range .OCIv1.Config.Entrypoint}}{{.}} {{end}}' localhost/velero-plugin-aeos)"
[ "${#command[@]}" -gt 0 ] || { echo "check-image.sh: the image has no entry point" >&2; exit 1; }
buildah run --isolation chroot -v "$work/target:/target" "$container" -- "${command[@]}"

copied=$work/target/velero-plugin-aeos
[ "$(find "$work/target" -type f)" = "$copied" ] || { echo "check-image.sh: /target holds: $(find "$work/target" -type f)" >&2; exit 1; }
cmp "$copied" "$folder/velero-plugin-aeos"
[ "$(stat -c %a "$copied")" = 755 ] || { echo "check-image.sh: the copy's mode is $(stat -c %a "$copied")" >&2; exit 1; }
[ "$(stat -c %u "$copied")" = 65532 ] || { echo "check-image.sh: the image ran as user $(stat -c %u "$copied")" >&2; exit 1; }
"$copied" --version
echo "The image's entry point (${command[*]}) copied the plugin, as user 65532."

# The server's program, as the Deployment runs it: as nobody, in an image without a shell. Without a cluster it says so.
cp "$folder/aeos" "$work/context/"
buildah bud -q --isolation chroot --build-arg BASE=localhost/base -f deploy/Dockerfile.server -t localhost/aeos "$work/context" > /dev/null
buildah rm "$container" > /dev/null
container=$(buildah from localhost/aeos)
[ "$(buildah inspect --type image --format '{{.OCIv1.Config.User}} {{.OCIv1.Config.Entrypoint}} {{.OCIv1.Config.Cmd}}' localhost/aeos)" = "65532:65532 [/aeos] [server]" ] \
  || { echo "check-image.sh: the server's image starts something else" >&2; exit 1; }
buildah run --isolation chroot "$container" -- /aeos install --dry-run -o yaml > "$work/manifests.yaml"
grep -q '^  kind: Deployment$' "$work/manifests.yaml" || { echo "check-image.sh: the program in the server's image does not say how it is installed" >&2; exit 1; }
code=0
said=$(buildah run --isolation chroot "$container" -- /aeos server 2>&1) || code=$?
[ "$code" = 1 ] || { echo "check-image.sh: without a cluster, the program in the server's image ended in $code: $said" >&2; exit 1; }
echo "The server's image runs as user 65532 and says, without a cluster: ${said%%$'\n'*}"

# The same program with a cluster: an embedded one on this machine's loopback, which ends with its standard input.
mkfifo "$work/end"
dotnet run scripts/cluster.cs "$work/kubeconfig" < "$work/end" > "$work/cluster.log" 2>&1 &
cluster=$!
exec 3> "$work/end"
until [ -f "$work/kubeconfig" ]; do
  kill -0 "$cluster" || { cat "$work/cluster.log" >&2; exit 1; }
  sleep 0.2
done
mkdir -p "$work/store/b"
chown -R 65532:65532 "$work/store"
client=$(buildah from localhost/aeos)
# In the place of the shell that calls it, so that it can be killed; and without holding the cluster's end open.
in_image() {
  exec 3>&-
  exec buildah --root "$work/storage" --runroot "$work/run" run --isolation chroot -v "$work/store:/store" -v "$work/kubeconfig:/kubeconfig:ro" "$@" --kubeconfig /kubeconfig
}
(in_image "$client" -- /aeos install --provider aeos.io/filesystem --bucket b --backup-location-config root=/store --generate-encryption-secret) > "$work/key" 2> "$work/installed"
in_image "$container" -- /aeos server --features EnableEncryption --encryption-secret aeos-encryption-key --require-encryption \
  --metrics-address 127.0.0.1:0 --download-address 127.0.0.1:0 > "$work/server.log" 2>&1 &
server=$!
in_image "$client" -- /aeos backup create nightly --include-namespaces default --wait &
backup=$!
# Nothing is there to wait for when the server has ended.
while kill -0 "$backup" 2> /dev/null; do
  kill -0 "$server" && [ "$SECONDS" -lt 600 ] || { kill "$backup"; cat "$work/server.log" >&2; exit 1; }
  sleep 0.2
done
wait "$backup" || { echo "check-image.sh: the server in its image made no backup:" >&2; cat "$work/server.log" >&2; exit 1; }
archive=$work/store/b/backups/nightly/nightly.tar.gz
[ "$(stat -c %u "$archive")" = 65532 ] || { echo "check-image.sh: the server ran as user $(stat -c %u "$archive")" >&2; exit 1; }
[ "$(od -An -tx1 -N3 "$archive")" = " 02 04 78" ] || { echo "check-image.sh: the server's archive is no encrypted message" >&2; exit 1; }
echo "The server's image made an encrypted backup of an embedded cluster."
