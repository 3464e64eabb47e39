#!/bin/sh
# check-compilers.sh FILE…: the C sources compile without a warning under the compiler
# that the build did not use, and the headers (*.h) as C++ too.  CPPFLAGS and CFLAGS are
# the build's.
set -eu

cd "$(dirname "$0")/.."
sources=
headers=
for file in "$@"; do
    case $file in
    *.h) headers="$headers $file" ;;
    *) sources="$sources $file" ;;
    esac
done

# shellcheck disable=SC2086  # lists of flags and of file names without spaces
{
    case $(${CC:-cc} --version) in
    *clang*) other=gcc ;;
    *) other=clang ;;
    esac
    $other $CPPFLAGS -Isrc/runtime $CFLAGS -fsyntax-only $sources
    # The build does not compile what is generated for applications.
    ours=$(find generated tests/demo -name '*.c' 2>/dev/null || true)
    folders=$(printf ' -I%s' generated/*/)
    for file in $ours; do
        for compiler in gcc clang; do
            $compiler -Isrc/runtime $folders $CFLAGS -fsyntax-only "$file"
        done
    done
    for file in $headers generated/*/*.h; do
        [ -f "$file" ] || continue
        g++ -std=c++11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror \
            -Isrc/runtime -fsyntax-only -x c++ "$file"
    done
}
