/*
 * A jsonb constant as the server writes it: one blank behind ':' and ',', keys sorted by
 * length and then by bytes, the last of equal keys.  Escapes and exponents, which the
 * server would resolve, are left alone with the whole text.
 */
#include <stdlib.h>
#include <string.h>

#include "dialect/postgres/form.h"

#define JSON_DEPTH_MAX 100 /* reading recurses; nobody nests constants so deep */

struct json_reader {
    const struct form *f;
    struct slice text;
    size_t at;
    size_t depth;
};

struct json_pair {
    struct slice key; /* with its quotes */
    struct slice value;
    size_t order;
};

static bool read_value(struct json_reader *r, struct slice *out);

static char
next(struct json_reader *r)
{
    while (r->at < r->text.len && strchr(" \t\r\n", r->text.ptr[r->at]) != NULL)
        r->at++;
    return r->at < r->text.len ? r->text.ptr[r->at] : '\0';
}

static bool
take(struct json_reader *r, char c)
{
    if (next(r) != c)
        return false;
    r->at++;
    return true;
}

static bool
read_string(struct json_reader *r, struct slice *out)
{
    size_t begin = r->at++;

    while (r->at < r->text.len && r->text.ptr[r->at] != '"') {
        if (r->text.ptr[r->at] == '\\')
            return false;
        r->at++;
    }
    if (r->at++ >= r->text.len)
        return false;
    *out = slice_sub(r->text, begin, r->at);
    return true;
}

static bool
read_word(struct json_reader *r, struct slice *out)
{
    size_t begin = r->at;

    while (r->at < r->text.len
           && strchr("-.0123456789aeflnrstu", r->text.ptr[r->at]) != NULL)
        r->at++;
    *out = slice_sub(r->text, begin, r->at);
    if (out->len == 0)
        return false;
    if (slice_is(*out, "true") || slice_is(*out, "false") || slice_is(*out, "null"))
        return true;
    for (size_t i = 0; i < out->len; i++)
        if (strchr("-.0123456789", out->ptr[i]) == NULL)
            return false;
    return true;
}

static int
compare_pairs(const void *a, const void *b)
{
    const struct json_pair *x = a;
    const struct json_pair *y = b;
    int order;

    if (x->key.len != y->key.len)
        return x->key.len < y->key.len ? -1 : 1;
    order = memcmp(x->key.ptr, y->key.ptr, x->key.len);
    return order != 0 ? order : x->order < y->order ? -1 : 1;
}

static bool
read_object(struct json_reader *r, struct slice *out)
{
    VEC(struct json_pair) pairs = { 0 };
    struct text text;

    text_init(&text, r->f->a);
    text_addc(&text, '{');
    r->at++;
    while (next(r) != '}') {
        struct json_pair p = { .order = pairs.count };

        if (pairs.count > 0 && !take(r, ','))
            return false;
        if (next(r) != '"' || !read_string(r, &p.key) || !take(r, ':')
            || !read_value(r, &p.value))
            return false;
        VEC_PUSH(r->f->a, &pairs, p);
    }
    r->at++;
    if (pairs.count > 0)
        qsort(pairs.items, pairs.count, sizeof *pairs.items, compare_pairs);
    for (size_t i = 0; i < pairs.count; i++) {
        const struct json_pair *p = &pairs.items[i];

        if (i + 1 < pairs.count && slice_equal(p->key, p[1].key))
            continue;
        text_addf(&text, "%s%.*s: %.*s", text_slice(&text).len > 1 ? ", " : "",
                  SLICE_ARG(p->key), SLICE_ARG(p->value));
    }
    text_addc(&text, '}');
    *out = text_slice(&text);
    return true;
}

static bool
read_array(struct json_reader *r, struct slice *out)
{
    struct text text;
    bool first = true;

    text_init(&text, r->f->a);
    text_addc(&text, '[');
    r->at++;
    while (next(r) != ']') {
        struct slice value;

        if (!first && !take(r, ','))
            return false;
        if (!read_value(r, &value))
            return false;
        text_addf(&text, "%s%.*s", first ? "" : ", ", SLICE_ARG(value));
        first = false;
    }
    r->at++;
    text_addc(&text, ']');
    *out = text_slice(&text);
    return true;
}

static bool
read_value(struct json_reader *r, struct slice *out)
{
    bool read;

    if (++r->depth > JSON_DEPTH_MAX)
        return false;
    switch (next(r)) {
    case '{':
        read = read_object(r, out);
        break;
    case '[':
        read = read_array(r, out);
        break;
    case '"':
        read = read_string(r, out);
        break;
    default:
        read = read_word(r, out);
        break;
    }
    r->depth--;
    return read;
}

struct slice
form_jsonb(const struct form *s, struct slice text)
{
    struct json_reader r = { s, text, 0, 0 };
    struct slice out;

    return read_value(&r, &out) && next(&r) == '\0' ? out : text;
}
