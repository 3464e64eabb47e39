#!/bin/sh
# check-includes.sh: a folder of src/ includes only what the table of src/README.md
# allows.  The map is the rule: a folder that it does not list may include nothing.
set -eu

cd "$(dirname "$0")/.."
find src grammar -name '*.[ch]' -o -name '*.re' -o -name '*.y' | LC_ALL=C sort |
    xargs awk -v map=src/README.md '
# | syntax | what it holds | base diag expr |
function read_map(    cells, words, n, i) {
    while ((getline line < map) > 0) {
        if (line !~ /^\|/ || line ~ /^\| *(---|folder)/)
            continue
        split(line, cells, "|")
        gsub(/ /, "", cells[2])
        listed[cells[2]] = 1
        n = split(cells[4], words, " ")
        for (i = 1; i <= n; i++)
            allowed[cells[2], words[i]] = 1
    }
}

# The folder that a file belongs to: grammar/ is the other half of syntax.
function folder_of(path,    parts) {
    split(path, parts, "/")
    return parts[1] == "grammar" ? "syntax" : parts[2]
}

# The engine that a file of dialect/ENGINE/ belongs to, else "".
function engine_of(path,    parts, n) {
    n = split(path, parts, "/")
    if (parts[1] == "src") {
        for (i = 1; i < n; i++)
            parts[i] = parts[i + 1]
        n--
    }
    return parts[1] == "dialect" && n == 3 ? parts[2] : ""
}

function complain(why) {
    printf "%s:%d: %s\n", FILENAME, FNR, why
    bad = 1
}

function check(target,    from, to) {
    from = folder_of(FILENAME)
    if (target !~ /\//) {
        # What applications see is installed side by side.
        if (!(from == "runtime" && target == "schemac.h"))
            complain("write the folder: #include \"folder/" target "\"")
        return
    }
    to = target
    sub(/\/.*/, "", to)
    if (to == "grammar")
        to = "syntax"
    if (!(from in listed))
        complain("src/README.md does not list the folder " from)
    else if (to != from && !((from, to) in allowed) && !((from, "all") in allowed))
        complain(from " may not include " target " (src/README.md)")
    else if (from == "dialect" && engine_of(target) != "" &&
             engine_of(target) != engine_of(FILENAME))
        complain("one engine may not include another: " target)
}

BEGIN { read_map() }
/^[ \t]*#[ \t]*include[ \t]*"/ {
    target = $0
    sub(/^[^"]*"/, "", target)
    sub(/".*/, "", target)
    check(target)
}
END { exit bad }'
