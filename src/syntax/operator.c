/*
 * Operators: where one ends, and which of them are tokens of their own.
 */
#include <string.h>

#include "grammar/parser.h"
#include "syntax/token.h"

enum operator_byte {
    OPERATOR_PLAIN = 1,
    OPERATOR_SPECIAL = 2, /* lets an operator end in a sign */
};

static const unsigned char operator_bytes[256] = {
    ['+'] = OPERATOR_PLAIN,   ['-'] = OPERATOR_PLAIN,   ['*'] = OPERATOR_PLAIN,
    ['/'] = OPERATOR_PLAIN,   ['<'] = OPERATOR_PLAIN,   ['>'] = OPERATOR_PLAIN,
    ['='] = OPERATOR_PLAIN,   ['~'] = OPERATOR_SPECIAL, ['!'] = OPERATOR_SPECIAL,
    ['@'] = OPERATOR_SPECIAL, ['#'] = OPERATOR_SPECIAL, ['%'] = OPERATOR_SPECIAL,
    ['^'] = OPERATOR_SPECIAL, ['&'] = OPERATOR_SPECIAL, ['|'] = OPERATOR_SPECIAL,
    ['?'] = OPERATOR_SPECIAL,
};

static unsigned char
operator_byte(char c)
{
    return operator_bytes[(unsigned char)c];
}

#define OPERATOR_BYTES_MAX 63 /* of PostgreSQL; and a run of signs costs no more */

/* The run of operator characters at the begin, without a comment that begins in it. */
static size_t
operator_run(struct slice text)
{
    const char *p = text.ptr;
    size_t n = 1;

    while (n < OPERATOR_BYTES_MAX && n < text.len && operator_byte(p[n]) != 0)
        n++;
    for (size_t i = 1; i < n; i++)
        if ((p[i - 1] == '-' && p[i] == '-') || (p[i - 1] == '/' && p[i] == '*'))
            return i - 1;
    return n;
}

/*
 * PostgreSQL's rule: the longest run of operator characters; a comment ends it; it ends
 * in '+' or '-' only when one of ~ ! @ # % ^ & | ? is in it, so that a=-1 is a = -1.  One
 * exception: a!=-1 is a != -1, which is what everybody means by it.
 */
static size_t
operator_length(const char *p, size_t length)
{
    bool special = false;

    for (size_t i = 0; i < length; i++)
        special = special || operator_byte(p[i]) == OPERATOR_SPECIAL;
    if (length > 2 && p[0] == '!' && p[1] == '=')
        special = false;
    while (length > 1 && !special && (p[length - 1] == '+' || p[length - 1] == '-'))
        length--;
    return length;
}

struct slice
operator_cut(struct slice text)
{
    return slice_sub(text, 0, operator_length(text.ptr, operator_run(text)));
}

/* Two bytes as one number, for a switch. */
#define TWO(a, b) ((a) << 8 | (b))

int
operator_kind(struct slice op)
{
    if (op.len == 1)
        return strchr("+-*/%^<>?=", op.ptr[0]) != NULL ? op.ptr[0] : T_OP;
    if (op.len != 2)
        return T_OP;
    switch (TWO(op.ptr[0], op.ptr[1])) {
    case TWO('=', '='):
        return '=';
    case TWO('<', '>'):
    case TWO('!', '='):
        return T_NOT_EQUALS;
    case TWO('<', '='):
        return T_LESS_EQUALS;
    case TWO('>', '='):
        return T_GREATER_EQUALS;
    case TWO('=', '>'):
        return T_ARROW;
    default:
        return T_OP;
    }
}
