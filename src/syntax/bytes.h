/*
 * What a byte may be to the lexer, for the tokens that need no automaton.
 */
#ifndef SCHEMAC_SYNTAX_BYTES_H
#define SCHEMAC_SYNTAX_BYTES_H

#include <stdbool.h>

enum byte_class {
    BYTE_BLANK = 1 << 0,
    BYTE_WORD = 1 << 1,  /* may stand in a word */
    BYTE_FIRST = 1 << 2, /* begins a word, and never a literal such as x'0f' */
    BYTE_SIGN = 1 << 3,  /* a token, whatever follows */
};

#define L (BYTE_WORD | BYTE_FIRST)
#define P BYTE_WORD /* of a prefix, or no letter */
static const unsigned char byte_classes[256] = {
    [' '] = BYTE_BLANK, ['\t'] = BYTE_BLANK, ['\v'] = BYTE_BLANK,
    ['\f'] = BYTE_BLANK, ['\r'] = BYTE_BLANK, ['\n'] = BYTE_BLANK,
    ['('] = BYTE_SIGN, [')'] = BYTE_SIGN, [','] = BYTE_SIGN,
    ['0'] = P, ['1'] = P, ['2'] = P, ['3'] = P, ['4'] = P, ['5'] = P, ['6'] = P,
    ['7'] = P, ['8'] = P, ['9'] = P, ['$'] = P, ['_'] = L, ['A'] = L, ['B'] = P,
    ['C'] = L, ['D'] = L, ['E'] = P, ['F'] = L, ['G'] = L, ['H'] = L, ['I'] = L,
    ['J'] = L, ['K'] = L, ['L'] = L, ['M'] = L, ['N'] = P, ['O'] = L, ['P'] = L,
    ['Q'] = L, ['R'] = L, ['S'] = L, ['T'] = L, ['U'] = P, ['V'] = L, ['W'] = L,
    ['X'] = P, ['Y'] = L, ['Z'] = L, ['a'] = L, ['b'] = P, ['c'] = L, ['d'] = L,
    ['e'] = P, ['f'] = L, ['g'] = L, ['h'] = L, ['i'] = L, ['j'] = L, ['k'] = L,
    ['l'] = L, ['m'] = L, ['n'] = P, ['o'] = L, ['p'] = L, ['q'] = L, ['r'] = L,
    ['s'] = L, ['t'] = L, ['u'] = P, ['v'] = L, ['w'] = L, ['x'] = P, ['y'] = L,
    ['z'] = L,
};
#undef L
#undef P

static inline unsigned
byte_class(char c)
{
    return byte_classes[(unsigned char)c];
}

/* One that may begin an unquoted name. */
static inline bool
byte_is_letter(char c)
{
    return (byte_class(c) & BYTE_WORD && !(c >= '0' && c <= '9') && c != '$')
           || (unsigned char)c >= 0x80;
}

#endif
