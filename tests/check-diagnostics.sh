#!/bin/sh
# check-diagnostics.sh: every diagnostic of src/diag/diag.def is reported somewhere in
# src/ and expected by some test.  There is no list of exceptions.
set -eu

cd "$(dirname "$0")/.."
status=0

words() {
    pattern=$1
    shift
    find "$@" -type f \( -name '*.[ch]' -o -name '*.re' -o -name '*.y' -o -name '*.py' \
        -o -name '*.err' -o -name '*.out' \) -exec grep -ohwE "$pattern" {} + | sort -u
}
reported=$(words 'D_[A-Z0-9_]+' src grammar)
tested=$(words 'D_[A-Z0-9_]+|S0[0-9]{3}' tests)

sed -n 's/^DIAG(\(D_[A-Z0-9_]*\), [A-Z_]*, "\(S[0-9]*\)".*/\1 \2/p' src/diag/diag.def |
while read -r name code; do
    echo "$reported" | grep -qx "$name" ||
        echo "$name ($code) is never reported: use it or take it out of diag.def"
    echo "$tested" | grep -qxe "$code" -e "$name" ||
        echo "$name ($code) has no test: add tests/cases/…/NAME.sql with NAME.err"
done | { ! grep .; } || status=1

doubles=$(sed -n 's/^DIAG(.*"\(S[0-9]*\)".*/\1/p' src/diag/diag.def | sort | uniq -d)
if [ -n "$doubles" ]; then
    echo "codes given twice in diag.def: $doubles"
    status=1
fi
exit $status
