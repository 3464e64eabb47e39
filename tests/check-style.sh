#!/bin/sh
# check-style.sh: what can be seen line by line.  Prints file:line: text of each offence.
set -eu

cd "$(dirname "$0")/.."
status=0

# complain TITLE LINES: LINES are the offences, one per line; none is good.
complain() {
    [ -n "$2" ] || return 0
    printf '%s:\n%s\n' "$1" "$2"
    status=1
}

ours=$(find Makefile .ci src grammar templates schemas tests -type f \
    ! -path '*/__pycache__/*' ! -path 'tests/cases/*' ! -path 'tests/bugs/*' |
    LC_ALL=C sort)
code=$(echo "$ours" | grep -E '\.(c|h|re|y|sh|py)$|^Makefile$|^\.ci/|install-deps$')
below_cli=$(find src grammar -name '*.[ch]' -o -name '*.re' -o -name '*.y' |
    grep -v '^src/cli/' | LC_ALL=C sort)

forbidden='printf|fprintf|puts|fputs|putchar|perror|exit|_exit|abort'

# shellcheck disable=SC2086  # lists of file names without spaces
{
    # By characters, not bytes: "…" is one.
    complain "lines over 90 columns" "$(LC_ALL=C.UTF-8 grep -nE '^.{91,}' $code || true)"

    # The arena ends the program when memory has run out; nothing else may.
    complain "prints or exits below src/cli" "$(
        grep -nE "(^|[^a-z_])($forbidden) ?\(" $below_cli |
            grep -vE '^src/base/arena\.c:|:[0-9]+: *(\*|/\*|//)' || true)"

    # The marks are spelt so that this script does not find itself.
    complain "left for later" "$(
        grep -nE '\b(TO''DO|FIX''ME|XX''X|HA''CK)\b' $ours || true)"

    complain "file-level state below src/cli" "$(
        grep -nE '^static [a-z_ ]+[ *][a-z_]+(\[[^]]*\])?( = .*)?;' $below_cli |
            grep -vE ':static (const|_Noreturn|inline)|\(' | grep -v ' const ' || true)"

    complain "paths of a machine" "$(
        grep -rnE '(^|[^A-Za-z0-9_./])/(work|root|farm|home/[a-z]+)/' \
            $ours README.md docs generated || true)"

    # A grammar is one file to bison.
    complain "files over 900 lines" "$(
        wc -l $(echo "$code" | grep -v '\.y$') |
            awk '$1 > 900 && $2 != "total" { print $2 ": " $1 " lines" }')"

    # A function's body begins and ends with a brace in the first column.
    complain "functions over 60 lines" "$(
        awk 'FNR == 1 { start = 0 }
             /^\{/ { start = FNR }
             /^\}/ && start {
                 if (FNR - start + 1 > 60)
                     printf "%s:%d: %d lines\n", FILENAME, start, FNR - start + 1
                 start = 0
             }' $(find src tests -name '*.c'))"
}
exit $status
