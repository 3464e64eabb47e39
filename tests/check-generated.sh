#!/bin/sh
# check-generated.sh BUILD SCHEMA…: generated/ is what the program writes today.
set -eu

cd "$(dirname "$0")/.."
build=$1
shift
fresh=$build/check-generated
status=0
rm -rf "$fresh"
for schema in "$@"; do
    "$build/schemac" gen --out "$fresh/$schema" "schemas/$schema"
    diff -ru "generated/$schema" "$fresh/$schema" || status=1
done
for folder in generated/*/; do
    [ -d "schemas/$(basename "$folder")" ] || {
        echo "$folder has no schema"
        status=1
    }
done
[ $status -eq 0 ] || echo "generated/ is stale: run \`make generated\`"
exit $status
