#!/bin/bash
# Runs the commands of docs/operations.md as they are written, in order, against an API server with a controller manager that you can throw away.
#
#   KUBECONFIG=FILE scripts/check-operations.sh [AEOS]      default: out/aeos
#
# A block ```sh has to succeed, or to end in the code that "# exit code N" in it says. Each line of the block ```text after it has to be among the lines that it
# printed; … stands for anything. What <!-- check: … --> holds is run as well: readers do not see it. There, "serve" starts a server with the flags of the
# Deployment that was installed, since the API server alone runs no pods, and "stop" ends it.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${KUBECONFIG:?set it to the kubeconfig of an API server that you can throw away}"
command -v kubectl > /dev/null || { echo "check-operations.sh needs kubectl." >&2; exit 1; }
KUBECONFIG=$(realpath "$KUBECONFIG")
PATH=$(dirname "$(realpath "${1:-out/aeos}")"):$PATH
export KUBECONFIG PATH
guide=$PWD/docs/operations.md
work=$(mktemp -d)
port=$((20000 + RANDOM % 10000))
export work port
trap 'stop; rm -rf "$work"; kubectl delete namespace shop rehearsal --ignore-not-found --wait=false > /dev/null' EXIT
cd "$work"

fail() { echo "docs/operations.md: $1" >&2; exit 1; }

serve() {
  local flags
  flags=$(kubectl -n velero get deployment aeos -o jsonpath='{.spec.template.spec.containers[0].args[*]}')
  # shellcheck disable=SC2086
  aeos $flags --metrics-address 127.0.0.1:0 --download-address "127.0.0.1:$port" --download-url "https://localhost:$port" > "$work/.server.log" 2>&1 &
  echo $! > "$work/.server"
}

stop() {
  [ -f "$work/.server" ] || return 0
  kill "$(cat "$work/.server")"
  while kill -0 "$(cat "$work/.server")" 2> /dev/null; do sleep 0.2; done
  rm "$work/.server"
}
export -f serve stop

run() {
  local wanted code=0
  wanted=$(sed -n 's/.*# exit code \([0-9]*\).*/\1/p' <<< "$1")
  bash -euo pipefail -c "$1" > "$work/.output" 2>&1 < /dev/null || code=$?
  sed 's/^/    /' "$work/.output"
  [ "$code" = "${wanted:-0}" ] || fail "this ended in $code: $1"
}

# Runs of blanks count as one.
expect() {
  local line pattern
  pattern=$(sed 's/[][\\*?]/\\&/g; s/…/*/g; s/  */ /g' <<< "$1")
  while IFS= read -r line; do
    # shellcheck disable=SC2053
    [[ $line == $pattern ]] && return
  done < <(sed 's/[[:blank:]][[:blank:]]*/ /g' "$work/.output")
  fail "no line is like this: $1"
}

kubectl apply -f - > /dev/null <<'EOF'
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { team: shop } }
---
apiVersion: v1
kind: Secret
metadata: { name: database, namespace: shop }
stringData: { password: correct-horse }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { color: green }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: example.com/web:1 }] }
EOF

kind='' block=''
while IFS= read -r text; do
  case "$kind:$text" in
    ':```sh' | ':<!-- check:') kind=sh block='' ;;
    ':```text') kind=text ;;
    'sh:```' | 'sh:-->') printf '%s' "$block" | sed 's/^/$ /'; run "$block"; kind='' ;;
    'text:```') kind='' ;;
    sh:*) block+=$text$'\n' ;;
    text:*) expect "$text" ;;
  esac
done < "$guide"
echo "docs/operations.md: every command did what it says."
