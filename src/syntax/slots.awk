# slots.awk: from grammar/keywords.def a table of slots in which keyword.c finds a word by
# its length and three letters; a word whose slot is taken goes into the next free one.
# At most a fourth of the slots are taken, so that most searches look at one or none.

BEGIN { slots = 2048; least = 99 }

# As a character's low five bits.
function low_bits(c) { return c == "_" ? 31 : index("abcdefghijklmnopqrstuvwxyz", c) }

/^KEYWORD\(/ {
    split($0, part, "\"")
    word = part[2]
    n = length(word)
    slot = (low_bits(substr(word, 1, 1)) * 37 + low_bits(substr(word, 2, 1)) * 101 \
            + low_bits(substr(word, n, 1)) * 211 + n * 59) % slots
    while (slot in taken)
        slot = (slot + 1) % slots
    taken[slot] = ++count
    if (n > most)
        most = n
    if (n < least)
        least = n
}

END {
    if (count * 4 > slots) {
        print "slots.awk: too many keywords for " slots " slots" > "/dev/stderr"
        exit 1
    }
    print "/* Made by slots.awk: the number of a keyword, from 1; 0 is a free slot. */"
    print "#include <stdint.h>\n"
    print "#define KEYWORD_BYTES_MIN " least
    print "#define KEYWORD_BYTES_MAX " most "\n"
    print "static const uint16_t keyword_slots[" slots "] = {"
    for (slot = 0; slot < slots; slot++)
        if (slot in taken)
            print "    [" slot "] = " taken[slot] ","
    print "};"
}
