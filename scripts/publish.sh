#!/bin/bash
# Writes the native binaries velero-plugin-aeos and aeos to a folder: scripts/publish.sh [DIR], default out/ in the repository.
#
# AEOS_FRAMEWORK=net10.0 or net9.0 chooses the framework; otherwise it is net10.0 where its native compiler can be restored, and net9.0 where not.
# .NET 9 is out of support: such a build calls itself "net9-unsupported" and is for development and tests.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
out=$(realpath -m "${1:-$repository/out}")

fail() {
  echo "publish.sh: $1" >&2
  exit 1
}

command -v dotnet > /dev/null || fail "the .NET 10 SDK is missing."
missing=()
command -v clang > /dev/null || missing+=(clang)
command -v cmake > /dev/null || missing+=(cmake)
has_header() { echo "#include <$1>" | clang -E - > /dev/null 2>&1; }
if command -v clang > /dev/null; then
  has_header openssl/ssl.h || missing+=(libssl-dev)
  has_header zlib.h || missing+=(zlib1g-dev)
fi
if [ ${#missing[@]} -gt 0 ]; then
  fail "a native build needs ${missing[*]}. On Debian or Ubuntu: apt-get install clang cmake libssl-dev zlib1g-dev"
fi

case "$(uname -m)" in
  x86_64) runtime=linux-x64 ;;
  aarch64) runtime=linux-arm64 ;;
  *) fail "there is no native build for $(uname -m)." ;;
esac

# Beside the normal build's obj folders, which hold another framework's assets.
arguments() { echo "-r $runtime -p:AeosNative=true -p:AeosTargetFramework=$1 --artifacts-path $repository/artifacts/$1"; }

framework=${AEOS_FRAMEWORK:-}
if [ -z "$framework" ]; then
  framework=net10.0
  # shellcheck disable=SC2046
  if ! dotnet restore src/Aeos.Plugin $(arguments net10.0) > /dev/null 2>&1; then
    framework=net9.0
    echo "publish.sh: net10.0's native compiler cannot be restored here: building on net9.0, which is out of support. Never release this build." >&2
  fi
fi

mkdir -p "$out"
for project in Aeos.Plugin Aeos.Cli; do
  # shellcheck disable=SC2046
  dotnet publish "src/$project" -c Release $(arguments "$framework") -o "artifacts/$framework/native/$project" -v quiet --nologo
done
# Each by a rename: a binary that runs just now stays whole.
for binary in Aeos.Plugin/velero-plugin-aeos Aeos.Cli/aeos; do
  name=$(basename "$binary")
  install -m 755 "artifacts/$framework/native/$binary" "$out/.$name.new"
  mv -f "$out/.$name.new" "$out/$name"
  echo "$out/$name ($(stat -c %s "$out/$name") bytes, $framework)"
done
