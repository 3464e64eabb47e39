# words.awk: one table of all words that the lexer knows, from grammar/keywords.def (the
# keywords) and phrases.def and forms.def (the words that may begin a phrase).  keyword.c
# finds a word in it by its length and three letters; a word whose slot is taken goes into
# the next free one.  At most a fourth of the slots are taken, so that most searches look at
# one or none.

BEGIN {
    slots = 2048
    least = 99
    cue["STATEMENT"] = "CUE_STATEMENT"
    cue["FORM"] = "CUE_FORM"
    cue["TYPE"] = "CUE_TYPE"
    cue["TEST"] = cue["UNIT"] = cue["FIELDS"] = "CUE_PHRASE"
}

# As a character's low five bits.
function low_bits(c) { return c == "_" ? 31 : index("abcdefghijklmnopqrstuvwxyz", c) }

function enter(word,    n, slot) {
    if (word in number)
        return
    n = length(word)
    slot = (low_bits(substr(word, 1, 1)) * 37 + low_bits(substr(word, 2, 1)) * 101 \
            + low_bits(substr(word, n, 1)) * 211 + n * 59) % slots
    while (slot in taken)
        slot = (slot + 1) % slots
    taken[slot] = number[word] = ++count
    words[count] = word
    token[count] = "T_IDENT"
    cues[count] = "0"
    if (n > most)
        most = n
    if (n < least)
        least = n
}

{
    split($0, part, "\"")
    split(part[2], row, " ")
    word = row[1]
    macro = $0
    sub(/\(.*/, "", macro)
}

/^KEYWORD\(/ {
    split($0, argument, /[(,]/)
    enter(word)
    token[number[word]] = "T_" argument[2]
}

/^CUE\(/ {
    split($0, argument, /[(,]/)
    cue[macro] = "CUE_" argument[2]
}

macro in cue {
    enter(word)
    if (index(cues[number[word]], cue[macro]) == 0)
        cues[number[word]] = cues[number[word]] " | " cue[macro]
}

END {
    if (count * 4 > slots) {
        print "words.awk: too many words for " slots " slots" > "/dev/stderr"
        exit 1
    }
    print "/* Made by words.awk. */"
    print "#define WORD_BYTES_MIN " least
    print "#define WORD_BYTES_MAX " most "\n"
    print "static const struct word words[] = {"
    for (i = 1; i <= count; i++)
        print "    { \"" words[i] "\", " length(words[i]) ", " cues[i] ", " token[i] " },"
    print "};\n"
    print "/* The number of a word, from 1; 0 is a free slot. */"
    print "static const uint16_t word_slots[" slots "] = {"
    for (slot = 0; slot < slots; slot++)
        if (slot in taken)
            print "    [" slot "] = " taken[slot] ","
    print "};"
}
