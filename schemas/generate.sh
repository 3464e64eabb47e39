#!/bin/sh
# generate.sh BUILD OUT [NAME…]: what is kept in generated/ of each system, or of some.
#
#   OUT/NAME/*.[ch]                  typed C, for the engines that the system is for
#   OUT/NAME/DIALECT/create.sql      its newest version from nothing
#   OUT/NAME/DIALECT/VERSION-up.sql, VERSION-down.sql   from the version before, and back
#   OUT/NAME/DIALECT/VERSION-plan.txt, VERSION-back.txt the same two, explained
set -eu

cd "$(dirname "$0")/.."
schemac=$1/schemac
out=$2
shift 2
[ $# -gt 0 ] || set -- parking dealer variants bookings bakery

# What each is for: `c` stands for typed C for both engines, `c-postgres` for one.  That
# of bookings, with nineteen versions 1.6 MB, is made where it is tested.
targets() {
    case $1 in
    parking) echo c sqlite ;;
    dealer) echo c postgres sqlite ;;
    variants | bakery) echo c-postgres postgres ;;
    bookings) echo postgres ;;
    *)
        echo "schemas/generate.sh does not know what $1 is for" >&2
        return 1
        ;;
    esac
}

versions() {
    for file in "schemas/$1"/[0-9]*.sql; do
        basename "$file" .sql
    done | sort -t . -k 1,1n -k 2,2n -k 3,3n
}

# road NAME DIALECT OLDER VERSION: from the one to the other and back.
road() {
    from=schemas/$1@$3
    to=schemas/$1@$4
    stem=$out/$1/$2/$4
    "$schemac" diff -q --dialect "$2" "$from" "$to" > "$stem-up.sql"
    "$schemac" diff -q --dialect "$2" --down "$from" "$to" > "$stem-down.sql"
    "$schemac" plan -q --dialect "$2" "$from" "$to" > "$stem-plan.txt"
    "$schemac" plan -q --dialect "$2" --down "$from" "$to" > "$stem-back.txt"
}

# write NAME DIALECT: create.sql, and a road for each version that has one before it.
write() {
    mkdir -p "$out/$1/$2"
    "$schemac" ddl -q --dialect "$2" "schemas/$1" > "$out/$1/$2/create.sql"
    older=
    for version in $(versions "$1"); do
        [ -z "$older" ] || road "$1" "$2" "$older" "$version"
        older=$version
    done
}

for name in "$@"; do
    wanted=$(targets "$name")
    for target in $wanted; do
        case $target in
        c) "$schemac" gen -q --out "$out/$name" "schemas/$name" ;;
        c-postgres)
            "$schemac" gen -q --dialect postgres --out "$out/$name" "schemas/$name"
            ;;
        *) write "$name" "$target" ;;
        esac
    done
done
