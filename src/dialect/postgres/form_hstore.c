/*
 * A constant of hstore as the server writes it: "a"=>"1", "bb"=>NULL, keys sorted by
 * length and then by bytes.  What has a backslash in it, and a key twice, stays.
 * [PostgreSQL: hstore]
 */
#include <stdlib.h>
#include <string.h>

#include "dialect/postgres/form.h"

struct hstore_pair {
    struct slice key; /* both without quotes */
    struct slice value;
    bool is_null;
};

struct hstore_reader {
    struct slice text;
    size_t at;
};

static char
next(struct hstore_reader *r)
{
    while (r->at < r->text.len && slice_is_blank(r->text.ptr[r->at]))
        r->at++;
    return r->at < r->text.len ? r->text.ptr[r->at] : '\0';
}

static bool
take(struct hstore_reader *r, const char *word)
{
    (void)next(r);
    if (!slice_starts(slice_sub(r->text, r->at, r->text.len), word))
        return false;
    r->at += strlen(word);
    return true;
}

/* In quotes, or one word. */
static bool
take_item(struct hstore_reader *r, struct slice *out, bool *quoted)
{
    const char *ends = "\",=> \t\n\v\f\r\\";
    size_t begin;

    *quoted = take(r, "\"");
    ends = *quoted ? "\"\\" : ends;
    begin = r->at;
    while (r->at < r->text.len && strchr(ends, r->text.ptr[r->at]) == NULL)
        r->at++;
    *out = slice_sub(r->text, begin, r->at);
    return *quoted ? take(r, "\"") : out->len > 0;
}

static bool
take_pair(struct hstore_reader *r, struct hstore_pair *out)
{
    bool quoted;

    if (!take_item(r, &out->key, &quoted) || !take(r, "=>")
        || !take_item(r, &out->value, &quoted))
        return false;
    out->is_null = !quoted && slice_is_fold(out->value, "null");
    return true;
}

static int
compare_pairs(const void *left, const void *right)
{
    const struct hstore_pair *a = left;
    const struct hstore_pair *b = right;

    if (a->key.len != b->key.len)
        return a->key.len < b->key.len ? -1 : 1;
    return slice_compare(a->key, b->key);
}

static void
add_pair(struct text *out, const struct hstore_pair *p)
{
    text_addf(out, out->len > 0 ? ", \"%.*s\"=>" : "\"%.*s\"=>", SLICE_ARG(p->key));
    text_addf(out, p->is_null ? "NULL" : "\"%.*s\"", SLICE_ARG(p->value));
}

struct slice
form_hstore(const struct form *s, struct slice text)
{
    VEC(struct hstore_pair) pairs = { 0 };
    struct hstore_reader r = { text, 0 };
    struct text out;

    while (next(&r) != '\0') {
        struct hstore_pair p;

        if ((pairs.count > 0 && !take(&r, ",")) || !take_pair(&r, &p))
            return text;
        VEC_PUSH(s->a, &pairs, p);
    }
    if (pairs.count > 1)
        qsort(pairs.items, pairs.count, sizeof *pairs.items, compare_pairs);
    if (pairs.count == 0)
        return SLICE("");
    text_init(&out, s->a);
    VEC_EACH (i, &pairs) {
        if (i > 0 && slice_equal(pairs.items[i].key, pairs.items[i - 1].key))
            return text;
        add_pair(&out, &pairs.items[i]);
    }
    return text_slice(&out);
}
