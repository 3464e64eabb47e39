/*
 * JSON arrays of one dimension: read strictly, written in one way only.
 */
#include "runtime/sqlite_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/codec.h"

#define SURROGATE_HIGH 0xD800U
#define SURROGATE_LOW 0xDC00U
#define SURROGATE_END 0xE000U

/* ---- reading ---- */

static bool
at_digit(const struct json_reader *r)
{
    return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

static bool
take(struct json_reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static void
skip_blanks(struct json_reader *r)
{
    while (r->at < r->end
           && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

static bool
take_word(struct json_reader *r, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len) != 0)
        return false;
    r->at += len;
    return true;
}

static bool
take_digits(struct json_reader *r)
{
    if (!at_digit(r))
        return false;
    while (at_digit(r))
        r->at++;
    return true;
}

/* -12.5e+3, without a zero in front. */
static bool
take_number(struct json_reader *r)
{
    (void)take(r, '-');
    if (!take(r, '0') && !take_digits(r))
        return false;
    if (take(r, '.') && !take_digits(r))
        return false;
    if (!take(r, 'e') && !take(r, 'E'))
        return true;
    if (!take(r, '+'))
        (void)take(r, '-');
    return take_digits(r);
}

static bool
take_unit(struct json_reader *r, unsigned *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        int v = r->at < r->end ? schemac__hex_value(*r->at) : -1;

        if (v < 0)
            return false;
        *unit = *unit * 16 + (unsigned)v;
    }
    return true;
}

/* Behind "\u": a character, or the two halves of one. */
static bool
take_code_point(struct json_reader *r, unsigned *code)
{
    unsigned low;

    if (!take_unit(r, code))
        return false;
    if (*code < SURROGATE_HIGH || *code >= SURROGATE_END)
        return true;
    if (*code >= SURROGATE_LOW || !take_word(r, "\\u") || !take_unit(r, &low)
        || low < SURROGATE_LOW || low >= SURROGATE_END)
        return false;
    *code = 0x10000 + ((*code - SURROGATE_HIGH) << 10) + (low - SURROGATE_LOW);
    return true;
}

/* Behind a backslash. */
static bool
take_escape(struct json_reader *r)
{
    unsigned code;

    if (r->at == r->end)
        return false;
    if (take(r, 'u'))
        return take_code_point(r, &code);
    return strchr("\"\\/bfnrt", *r->at++) != NULL && r->at[-1] != '\0';
}

/* Behind the quote. */
static bool
take_string(struct json_reader *r, struct schemac_text *raw)
{
    raw->ptr = r->at;
    while (r->at < r->end && *r->at != '"') {
        if ((unsigned char)*r->at < 0x20)
            return false;
        if (*r->at++ == '\\' && !take_escape(r))
            return false;
    }
    raw->len = (size_t)(r->at - raw->ptr);
    return take(r, '"');
}

bool
schemac__json_begin(struct json_reader *r, struct schemac_text text)
{
    r->at = text.ptr;
    r->end = text.ptr + text.len;
    r->is_first = true;
    skip_blanks(r);
    return take(r, '[');
}

static enum json_step
take_item(struct json_reader *r, struct json_item *item)
{
    const char *begin = r->at;

    item->raw = (struct schemac_text){ "", 0 };
    if (r->at < r->end && (*r->at == '[' || *r->at == '{'))
        return JSON_NESTED;
    if (take(r, '"')) {
        item->kind = JSON_STRING;
        return take_string(r, &item->raw) ? JSON_ITEM : JSON_BAD;
    }
    item->kind = take_word(r, "null")    ? JSON_NULL
                 : take_word(r, "true")  ? JSON_TRUE
                 : take_word(r, "false") ? JSON_FALSE
                                         : JSON_NUMBER;
    if (item->kind != JSON_NUMBER)
        return JSON_ITEM;
    if (!take_number(r))
        return JSON_BAD;
    item->raw = (struct schemac_text){ begin, (size_t)(r->at - begin) };
    return JSON_ITEM;
}

static enum json_step
end_of_text(struct json_reader *r)
{
    skip_blanks(r);
    return r->at == r->end ? JSON_END : JSON_BAD;
}

enum json_step
schemac__json_next(struct json_reader *r, struct json_item *item)
{
    bool was_first = r->is_first;

    r->is_first = false;
    skip_blanks(r);
    if (take(r, ']'))
        return end_of_text(r);
    if (!was_first && !take(r, ','))
        return JSON_BAD;
    skip_blanks(r);
    return take_item(r, item);
}

static char *
put_code_point(char *to, unsigned code)
{
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    if (code < 0x800) {
        *to++ = (char)(0xC0U | code >> 6);
    } else {
        if (code < 0x10000) {
            *to++ = (char)(0xE0U | code >> 12);
        } else {
            *to++ = (char)(0xF0U | code >> 18);
            *to++ = (char)(0x80U | (code >> 12 & 0x3FU));
        }
        *to++ = (char)(0x80U | (code >> 6 & 0x3FU));
    }
    *to++ = (char)(0x80U | (code & 0x3FU));
    return to;
}

static char
escaped_character(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

size_t
schemac__json_unescape(struct schemac_text raw, char *to)
{
    struct json_reader r = { .at = raw.ptr, .end = raw.ptr + raw.len };
    char *begin = to;

    while (r.at < r.end) {
        const char *escape = memchr(r.at, '\\', (size_t)(r.end - r.at));
        size_t plain = (size_t)((escape == NULL ? r.end : escape) - r.at);
        unsigned code;

        memcpy(to, r.at, plain);
        to += plain;
        r.at += plain;
        if (!take(&r, '\\'))
            break;
        if (!take(&r, 'u'))
            *to++ = escaped_character(*r.at++);
        else if (take_code_point(&r, &code))
            to = put_code_point(to, code);
    }
    return (size_t)(to - begin);
}

/* ---- numbers ---- */

#define DIGITS_MAX 800 /* 770 decide a double */
#define EXPONENT_MAX 100000

/* "12.5e3" → 125e2: no point, which not every locale reads as one. */
bool
schemac__json_double(struct schemac_text number, double *v)
{
    char text[DIGITS_MAX + JSON_NUMBER_BYTES];
    struct json_reader r = { .at = number.ptr, .end = number.ptr + number.len };
    bool has_point = false;
    long exponent = 0;
    long given = 0;
    size_t used = 0;

    text[used++] = take(&r, '-') ? '-' : '+';
    for (; r.at < r.end && *r.at != 'e' && *r.at != 'E'; r.at++) {
        if (*r.at == '.') {
            has_point = true;
            continue;
        }
        if (used < DIGITS_MAX && (*r.at != '0' || used > 1))
            text[used++] = *r.at;
        else if (used == DIGITS_MAX)
            exponent++;
        exponent -= has_point ? 1 : 0;
    }
    if (r.at < r.end) {
        bool is_negative = r.at[1] == '-';

        for (r.at += r.at[1] == '-' || r.at[1] == '+' ? 2 : 1; r.at < r.end; r.at++)
            given = given < EXPONENT_MAX ? given * 10 + (*r.at - '0') : given;
        given = is_negative ? -given : given;
    }
    if (used == 1)
        text[used++] = '0'; /* zeros in front are left out */
    (void)snprintf(text + used, JSON_NUMBER_BYTES, "e%ld", exponent + given);
    *v = strtod(text, NULL);
    return !isinf(*v);
}

bool
schemac__json_int64(struct schemac_text number, int64_t *v)
{
    struct json_reader r = { .at = number.ptr, .end = number.ptr + number.len };
    bool is_negative = take(&r, '-');
    uint64_t most = (uint64_t)INT64_MAX + (is_negative ? 1 : 0);
    uint64_t sum = 0;

    for (; at_digit(&r); r.at++) {
        unsigned digit = (unsigned)(*r.at - '0');

        if (sum > (most - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *v = is_negative ? (int64_t)-sum : (int64_t)sum;
    return r.at == r.end && number.len > (is_negative ? 1U : 0U);
}

/* ---- writing ---- */

void
schemac__json_put(struct json_writer *w, const char *bytes, size_t len)
{
    if (w->to != NULL)
        memcpy(w->to + w->len, bytes, len);
    w->len += len;
}

/* What stands for the character in a string; NULL: itself. */
static const char *
escape_of(unsigned char c, char room[8])
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        break;
    }
    if (c >= 0x20)
        return NULL;
    (void)snprintf(room, 8, "\\u%04x", (unsigned)c);
    return room;
}

void
schemac__json_put_string(struct json_writer *w, const char *bytes, size_t len)
{
    size_t begin = 0;

    schemac__json_put(w, "\"", 1);
    for (size_t i = 0; i < len; i++) {
        char room[8];
        const char *escape = escape_of((unsigned char)bytes[i], room);

        if (escape == NULL)
            continue;
        schemac__json_put(w, bytes + begin, i - begin);
        schemac__json_put(w, escape, strlen(escape));
        begin = i + 1;
    }
    schemac__json_put(w, bytes + begin, len - begin);
    schemac__json_put(w, "\"", 1);
}

/* Whatever the locale puts there becomes a point. */
static size_t
with_a_point(char *text)
{
    size_t used = 0;

    for (const char *p = text; *p != '\0'; p++) {
        bool is_ours = strchr("0123456789+-e", *p) != NULL;

        if (is_ours)
            text[used++] = *p;
        else if (used > 0 && text[used - 1] != '.')
            text[used++] = '.';
    }
    text[used] = '\0';
    return used;
}

size_t
schemac__json_number(double v, bool is_float, char to[JSON_NUMBER_BYTES])
{
    int digits = is_float ? 6 : 15;
    int most = is_float ? 9 : 17;
    size_t len = 0;

    for (; digits <= most; digits++) {
        double back;

        (void)snprintf(to, JSON_NUMBER_BYTES, "%.*g", digits, v);
        len = with_a_point(to);
        (void)schemac__json_double((struct schemac_text){ to, len }, &back);
        if (is_float ? (float)back == (float)v : back == v)
            break;
    }
    return len;
}
