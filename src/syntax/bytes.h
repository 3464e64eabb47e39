/*
 * What a byte may be to the lexer, for the tokens that need no automaton.
 */
#ifndef SCHEMAC_SYNTAX_BYTES_H
#define SCHEMAC_SYNTAX_BYTES_H

#include <stdbool.h>

enum byte_class {
    BYTE_BLANK = 1 << 0,
    BYTE_WORD = 1 << 1,   /* may stand in a word */
    BYTE_FIRST = 1 << 2,  /* may begin a word */
    BYTE_PREFIX = 1 << 3, /* may begin a literal, too: x'0f', U&"…" */
    BYTE_CAPITAL = 1 << 4,
    BYTE_SIGN = 1 << 5, /* a token, whatever follows */
};

#define L (BYTE_WORD | BYTE_FIRST)
#define P (L | BYTE_PREFIX)
#define C BYTE_CAPITAL
static const unsigned char byte_classes[256] = {
    [' '] = BYTE_BLANK, ['\t'] = BYTE_BLANK, ['\v'] = BYTE_BLANK,
    ['\f'] = BYTE_BLANK, ['\r'] = BYTE_BLANK, ['\n'] = BYTE_BLANK,
    ['('] = BYTE_SIGN, [')'] = BYTE_SIGN, [','] = BYTE_SIGN,
    ['0'] = BYTE_WORD, ['1'] = BYTE_WORD, ['2'] = BYTE_WORD, ['3'] = BYTE_WORD,
    ['4'] = BYTE_WORD, ['5'] = BYTE_WORD, ['6'] = BYTE_WORD, ['7'] = BYTE_WORD,
    ['8'] = BYTE_WORD, ['9'] = BYTE_WORD, ['$'] = BYTE_WORD,
    ['_'] = L, ['A'] = C | L, ['B'] = C | P, ['C'] = C | L, ['D'] = C | L,
    ['E'] = C | P, ['F'] = C | L, ['G'] = C | L, ['H'] = C | L, ['I'] = C | L,
    ['J'] = C | L, ['K'] = C | L, ['L'] = C | L, ['M'] = C | L, ['N'] = C | P,
    ['O'] = C | L, ['P'] = C | L, ['Q'] = C | L, ['R'] = C | L, ['S'] = C | L,
    ['T'] = C | L, ['U'] = C | P, ['V'] = C | L, ['W'] = C | L, ['X'] = C | P,
    ['Y'] = C | L, ['Z'] = C | L, ['a'] = L, ['b'] = P, ['c'] = L, ['d'] = L,
    ['e'] = P, ['f'] = L, ['g'] = L, ['h'] = L, ['i'] = L, ['j'] = L, ['k'] = L,
    ['l'] = L, ['m'] = L, ['n'] = P, ['o'] = L, ['p'] = L, ['q'] = L, ['r'] = L,
    ['s'] = L, ['t'] = L, ['u'] = P, ['v'] = L, ['w'] = L, ['x'] = P, ['y'] = L,
    ['z'] = L,
};
#undef L
#undef P
#undef C

static inline unsigned
byte_class(char c)
{
    return byte_classes[(unsigned char)c];
}

/* One that may begin an unquoted name. */
static inline bool
byte_is_letter(char c)
{
    return (byte_class(c) & BYTE_FIRST) != 0 || (unsigned char)c >= 0x80;
}

#endif
