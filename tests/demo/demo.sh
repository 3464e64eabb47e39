#!/bin/sh
# demo.sh BUILD [FOLDER]: what `make demo` shows, from a declaration to a migrated
# database and a compiled program.
#
# Everything happens in FOLDER (BUILD/demo), which is made anew.  Each command is printed
# before its output, and each result is checked: the demo fails where it would mislead.
# SCHEMAC is the program, CC the compiler, SANITIZE flags for it, DEMO_RUN what to run the
# compiled program under.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
folder=${2:-$build/demo}
program=${SCHEMAC:-$build/schemac}
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"

# Short names for what is shown; the commands work in the project's own folder too.
mkdir bin
ln -s "$program" bin/schemac
ln -s "$root/schemas" "$root/generated" .
cp "$root/tests/demo/parking_app.c" .
cp "$root/tests/demo/lot.sql" .
mkdir lib include
cp "$build/libschemac-sqlite.a" lib/
cp "$root"/src/runtime/schemac*.h include/
PATH=$folder/bin:$PATH

fail() {
    printf '\ndemo: %s\n' "$*" >&2
    exit 1
}

# say TEXT: a heading.
say() {
    printf '\n# %s\n' "$*"
}

# quoted WORD…: as one would type them.
quoted() {
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9_./=@:-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
}

# show EXPECTED-EXIT-CODE COMMAND…: print the command, run it, check how it ended.
show() {
    expected=$1
    shift
    printf '\n$%s\n' "$(quoted "$@")"
    status=0
    "$@" >output 2>&1 || status=$?
    cat output
    [ "$status" -eq 0 ] || echo "(exit code $status)"
    [ "$status" -eq "$expected" ] ||
        fail "\`$*\` ended with exit code $status, not $expected"
}

# expect TEXT: the output of the last command holds it.
expect() {
    grep -qF -- "$1" output || fail "the output should hold \"$1\""
}

# is VALUE QUERY: one value of the database.
is() {
    value=$(sqlite3 lot.db "$2")
    [ "$value" = "$1" ] || fail "$2: $value, not $1"
}

say "A parking system is declared in SQL, one file per version."
show 0 ls schemas/parking
show 0 cat schemas/parking/1.0.0.sql
show 0 schemac check schemas/parking

say "The same declaration as DDL for two engines."
show 0 schemac ddl --dialect sqlite schemas/parking
show 0 schemac ddl --dialect postgres schemas/parking
expect 'numeric(10'

say "The migration from 1.0.0 to 1.1.0 is derived and explained."
show 0 schemac plan --dialect sqlite schemas/parking@1.0.0 schemas/parking@1.1.0
expect vehicle_type
show 0 schemac diff --dialect sqlite schemas/parking@1.0.0 schemas/parking@1.1.0
expect parking_spots

say "A lot in service: a database at 1.0.0 with 300 vehicles and 600 audit rows."
show 0 schemac migrate to 1.0.0 schemas/parking --database lot.db
show 0 sqlite3 -bail lot.db ".read lot.sql"
is 300 "SELECT count(*) FROM vehicles"
is 600 "SELECT count(*) FROM audit_logs"
show 0 schemac migrate status schemas/parking --database lot.db
expect 1.0.0

say "It is brought to 1.3.0, version by version; every row stays."
show 0 schemac migrate up schemas/parking --database lot.db
is 300 "SELECT count(*) FROM vehicles"
is 600 "SELECT count(*) FROM audit_logs"
show 0 schemac migrate verify schemas/parking --database lot.db
show 0 schemac diff --exit-code schemas/parking lot.db

say "A C program compiled with the generated code uses it."
# shellcheck disable=SC2086  # SANITIZE is a list of flags
show 0 "${CC:-cc}" -std=c11 -Wall -Wextra -Wpedantic -Werror -O1 -g ${SANITIZE:-} \
    -Iinclude -Igenerated/parking -o parking_app parking_app.c generated/parking/*.c \
    -Llib -lschemac-sqlite -lsqlite3
# shellcheck disable=SC2086  # DEMO_RUN is a command with its options
show 0 ${DEMO_RUN:-} ./parking_app lot.db
expect 12.30
is 301 "SELECT count(*) FROM vehicles"
is 1230 "SELECT sum(amount) FROM payments"

say "Back to 1.0.0: nothing that loses data runs unless it is allowed."
show 3 schemac migrate to 1.0.0 schemas/parking --database lot.db
expect data-loss
is 301 "SELECT count(*) FROM vehicles"
is 1 "SELECT count(*) FROM payments"
show 0 schemac plan --dialect sqlite --down schemas/parking@1.1.0 schemas/parking@1.2.0
expect payments
show 0 schemac migrate to 1.0.0 schemas/parking --database lot.db --allow data-loss
show 0 schemac migrate verify schemas/parking --database lot.db
show 0 schemac diff --exit-code schemas/parking@1.0.0 lot.db

say "The rows are still there."
show 0 sqlite3 lot.db "SELECT count(*) AS vehicles FROM vehicles"
is 301 "SELECT count(*) FROM vehicles"
is 600 "SELECT count(*) FROM audit_logs"
is 1 "SELECT count(*) FROM system_config"
is ok "PRAGMA integrity_check"

say "Done: everything above was run and checked in $(basename "$build")/demo."
