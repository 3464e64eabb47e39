#!/bin/sh
# embed.sh NAME HEADER FILE…: C source on standard output that holds the files as byte
# arrays, in the order given, in the table NAME that HEADER declares (base/embedded.h).
set -eu

identifier() {
    basename "$1" | tr -c 'A-Za-z0-9\n' _ | sed 's/^/file_/'
}

table=$1
header=$2
shift 2
printf '#include "%s"\n\n' "$header"
for file in "$@"; do
    printf 'static const unsigned char %s[] = {\n' "$(identifier "$file")"
    od -An -v -tu1 "$file" | sed 's/[0-9][0-9]*/&,/g'
    printf '};\n\n'
done
printf 'const struct embedded_file %s[] = {\n' "$table"
for file in "$@"; do
    id=$(identifier "$file")
    printf '    { "%s", %s, sizeof %s },\n' "$(basename "$file")" "$id" "$id"
done
printf '};\n\n'
printf 'const size_t %s_count = sizeof %s / sizeof *%s;\n' "$table" "$table" "$table"
