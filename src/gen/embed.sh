#!/bin/sh
# embed.sh FILE…: C source on standard output that holds the files as byte arrays, in the
# order given, for gen/embedded.h.
set -eu

identifier() {
    basename "$1" | tr -c 'A-Za-z0-9\n' _
}

printf '#include "gen/embedded.h"\n\n'
for file in "$@"; do
    printf 'static const unsigned char %s[] = {\n' "$(identifier "$file")"
    od -An -v -tu1 "$file" | sed 's/[0-9][0-9]*/&,/g'
    printf '};\n\n'
done
printf 'const struct embedded_template embedded_templates[] = {\n'
for file in "$@"; do
    id=$(identifier "$file")
    printf '    { "%s", %s, sizeof %s },\n' "$(basename "$file")" "$id" "$id"
done
printf '};\n\n'
printf 'const size_t embedded_template_count =\n'
printf '    sizeof embedded_templates / sizeof *embedded_templates;\n'
