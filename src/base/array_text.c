/*
 * The text of an array, as array_in of PostgreSQL reads it.
 */
#include "base/array_text.h"

#include "base/text.h"

static struct slice
skip_blanks(struct slice s)
{
    while (s.len > 0 && slice_is_blank(s.ptr[0]))
        s = slice_sub(s, 1, s.len);
    return s;
}

/* Behind the quote, up to behind the next one. */
static bool
take_quoted(struct slice *s, struct text *out)
{
    size_t i = 0;

    for (; i < s->len && s->ptr[i] != '"'; i++) {
        if (s->ptr[i] == '\\' && ++i == s->len)
            return false;
        text_addc(out, s->ptr[i]);
    }
    if (i >= s->len)
        return false;
    *s = slice_sub(*s, i + 1, s->len);
    return true;
}

/* Up to the comma or brace; blanks at its end are none of it, unless they are escaped. */
static bool
take_plain(struct slice *s, struct text *out, bool *is_escaped)
{
    size_t kept = 0;
    size_t i = 0;

    *is_escaped = false;
    for (; i < s->len && s->ptr[i] != ',' && s->ptr[i] != '}'; i++) {
        bool escape = s->ptr[i] == '\\';

        if (s->ptr[i] == '"' || s->ptr[i] == '{' || (escape && ++i == s->len))
            return false;
        *is_escaped |= escape;
        text_addc(out, s->ptr[i]);
        kept = escape || !slice_is_blank(s->ptr[i]) ? out->len : kept;
    }
    out->len = kept;
    *s = slice_sub(*s, i, s->len);
    return kept > 0;
}

static bool
take_item(struct arena *a, struct slice *s, struct array_item *out)
{
    struct text text;
    bool is_escaped = true;
    bool ok;

    text_init(&text, a);
    *s = skip_blanks(*s);
    if (s->len > 0 && s->ptr[0] == '"') {
        *s = slice_sub(*s, 1, s->len);
        ok = take_quoted(s, &text);
    } else {
        ok = take_plain(s, &text, &is_escaped);
    }
    out->text = text_slice(&text);
    out->is_null = !is_escaped && slice_is_fold(out->text, "null");
    *s = skip_blanks(*s);
    return ok;
}

bool
array_text_read(struct arena *a, struct slice text, struct array_items *out)
{
    struct slice s = slice_trim(text);
    struct array_item item;
    bool has_more;

    *out = (struct array_items){ .all = { .count = 0 } };
    if (s.len < 2 || s.ptr[0] != '{')
        return false;
    s = skip_blanks(slice_sub(s, 1, s.len));
    if (s.len == 1 && s.ptr[0] == '}')
        return true;
    do {
        if (!take_item(a, &s, &item) || s.len == 0)
            return false;
        VEC_PUSH(a, &out->all, item);
        has_more = s.ptr[0] == ',';
        if (!has_more && s.ptr[0] != '}')
            return false;
        s = slice_sub(s, 1, s.len);
    } while (has_more);
    return s.len == 0;
}
