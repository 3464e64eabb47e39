/*
 * Strings and other literals that are made of more than one token, or hold something else
 * than their text.
 */
#include <string.h>

#include "grammar/parser.h"
#include "syntax/reader.h"

static bool
is_interval_unit(const struct reader *rd, size_t ahead)
{
    static const char *const units[] = { "year", "month",  "day",
                                         "hour", "minute", "second" };

    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (reader_peek_is(rd, ahead, units[i]))
            return true;
    return false;
}

/* A whole number, perhaps with a sign. */
static bool
is_plain_amount(struct slice text)
{
    size_t first = text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+') ? 1 : 0;

    for (size_t i = first; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > first;
}

/* INTERVAL '1' DAY is INTERVAL '1 day'. */
static size_t
take_interval_unit(struct reader *rd, size_t taken, struct slice *text)
{
    const struct token *before = &rd->tokens->all.items[rd->at - (rd->at > 0)];
    struct slice unit;

    if (rd->at == rd->begin || !token_is_word(rd->tokens, before, "interval")
        || !is_interval_unit(rd, taken) || !is_plain_amount(*text)
        || reader_peek_kind(rd, taken + 1) == T_TO
        || reader_peek_kind(rd, taken + 1) == '(')
        return taken;
    unit = slice_lower(rd->scratch, token_text(rd->tokens, reader_peek(rd, taken)));
    *text = slice_format(rd->arena, "%.*s %.*s", SLICE_ARG(*text), SLICE_ARG(unit));
    return taken + 1;
}

/* U&'…' UESCAPE '!' and U&"…" UESCAPE '!' */
bool
reader_has_uescape(const struct reader *rd)
{
    struct slice text = token_text(rd->tokens, reader_peek(rd, 0));

    return text.len > 2 && (text.ptr[0] | 0x20) == 'u' && text.ptr[1] == '&'
           && reader_peek_is(rd, 1, "uescape") && reader_peek_kind(rd, 2) == T_SCONST;
}

/* One character that is no digit, sign, quote or blank; else a backslash is as good. */
char
reader_uescape(struct reader *rd)
{
    const struct token *t = reader_peek(rd, 2);
    struct slice text = token_text(rd->tokens, t);

    if (text.len == 3 && strchr("0123456789abcdefABCDEF+'\" \t\n", text.ptr[1]) == NULL)
        return text.ptr[1];
    reader_error(rd, D_SYNTAX, token_span(rd->tokens, t),
                 "UESCAPE takes one character that is no hexadecimal digit, quote, plus "
                 "sign or blank");
    return '\\';
}

/* 'a' on one line and 'b' on the next are 'ab'. */
size_t
reader_take_string(struct reader *rd, struct slice *text)
{
    size_t taken = 1;
    struct text all;

    if (reader_has_uescape(rd)) {
        *text = token_unicode(rd->s, rd->tokens, reader_peek(rd, 0), reader_uescape(rd));
        return 3;
    }
    *text = token_string(rd->s, rd->tokens, reader_peek(rd, 0));
    if (reader_peek_kind(rd, 1) == T_SCONST && reader_peek(rd, 1)->first_on_line) {
        text_init(&all, rd->arena);
        text_add(&all, *text);
        for (; reader_peek_kind(rd, taken) == T_SCONST
               && reader_peek(rd, taken)->first_on_line;
             taken++)
            text_add(&all, token_string(rd->s, rd->tokens, reader_peek(rd, taken)));
        *text = text_slice(&all);
    }
    return take_interval_unit(rd, taken, text);
}

/* x'…' and b'…': the digits alone. */
struct slice
reader_digits(struct reader *rd, const struct token *t)
{
    const char *allowed = t->kind == T_BLOB ? "0123456789abcdefABCDEF" : "01";
    struct slice text = token_text(rd->tokens, t);
    struct slice digits = slice_sub(text, 2, text.len - 1);

    for (size_t i = 0; i < digits.len; i++)
        if (strchr(allowed, digits.ptr[i]) == NULL || digits.ptr[i] == '\0') {
            reader_error(rd, D_BAD_CHARACTER, token_span(rd->tokens, t),
                         "\"%c\" is no digit of this literal", digits.ptr[i]);
            break;
        }
    return slice_lower(rd->arena, digits);
}
