#!/bin/sh
# check-lint.sh: every rule of src/lint/rules.def has a section of docs/lint.md in the
# same order, a case where it fires and a case where it is silent; the examples of the
# section are those cases.
set -eu

cd "$(dirname "$0")/.."
cases=tests/cases/lint
status=0
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

# The examples of docs/lint.md: RULE.1 is the bad one, RULE.2 the cure.
awk -v to="$fresh" '
/^## / { name = $2; n = 0 }
/^```sql$/ { n++; inside = 1; next }
/^```$/ { inside = 0 }
inside { print > (to "/" name "." n) }' docs/lint.md

rules=$(sed -n 's/^RULE([A-Z]*, [A-Z]*, [a-z_]*, "\([a-z-]*\)".*/\1/p' src/lint/rules.def)
sections=$(sed -n '/^# Keys and indexes/,$s/^## //p' docs/lint.md)
if [ "$rules" != "$sections" ]; then
    echo "the sections of docs/lint.md are not the rules of rules.def, in their order"
    status=1
fi
for rule in $rules; do
    grep -qF "[$rule]" "$cases/$rule.err" 2>/dev/null || {
        echo "$rule fires nowhere: $cases/$rule.sql and .err"
        status=1
    }
    if [ ! -f "$cases/$rule-silent.sql" ] ||
        grep -qsF "[$rule]" "$cases/$rule-silent.err"; then
        echo "$rule has no silent case: $cases/$rule-silent.sql"
        status=1
    fi
    cmp "$fresh/$rule.1" "$cases/$rule.sql" || status=1
    cmp "$fresh/$rule.2" "$cases/$rule-silent.sql" || status=1
done
exit $status
