#!/bin/sh
# check-generated.sh BUILD: generated/ is what the program writes today.
set -eu

cd "$(dirname "$0")/.."
build=$1
fresh=$build/check-generated
status=0
rm -rf "$fresh"
sh schemas/generate.sh "$build" "$fresh"
diff -ru generated "$fresh" || status=1
[ $status -eq 0 ] || echo "generated/ is stale: run \`make generated\`"
exit $status
