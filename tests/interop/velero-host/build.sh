#!/bin/bash
# Builds the host on Debian's packages, statically, so that it runs in an empty root as well: build.sh OUTPUT
# golang-go golang-github-hashicorp-go-plugin-dev golang-google-grpc-dev golang-goprotobuf-dev protobuf-compiler
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
output=$(realpath -m "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The messages are made here from the same file that the plugin's are made from.
package=$work/src/velero-host
mkdir -p "$package/generated"
cp "$here"/*.go "$package"
protoc -I "$here/../../../src/Aeos.Velero/Plugins" --go_out="$package/generated" ObjectStore.proto 2> "$work/protoc.log" || { cat "$work/protoc.log" >&2; exit 1; }

cd "$package"
GO111MODULE=off GOPATH="$work:/usr/share/gocode" GOFLAGS= CGO_ENABLED=0 go build -o "$output" .
