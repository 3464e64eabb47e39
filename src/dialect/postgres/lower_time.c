/*
 * The clocks of SQLite and MySQL that PostgreSQL has by another name:
 *
 *     strftime('%s', 'now'), unixepoch(), unix_timestamp()
 *         →  CAST(floor(extract(epoch FROM CURRENT_TIMESTAMP)) AS bigint)
 *     strftime('%Y-%m-%d', 'now')
 *         →  to_char(CURRENT_TIMESTAMP AT TIME ZONE 'UTC', 'YYYY-MM-DD')
 *
 * What they make of another moment than now is no matter of this file.
 */
#include "dialect/postgres/postgres.h"

#define FORMATTED_MAX 200 /* bytes of a format: far more than anybody writes */

static const struct {
    char field;
    const char *pattern;
} fields[] = {
    { 'Y', "YYYY" }, { 'm', "MM" }, { 'd', "DD" },    { 'H', "HH24" },
    { 'M', "MI" },   { 'S', "SS" }, { 'f', "SS.MS" }, { 'j', "DDD" },
};

static const char *
find_pattern(char field)
{
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        if (fields[i].field == field)
            return fields[i].pattern;
    return NULL;
}

/* A letter between fields stands in quotes, or to_char() would take it for a field. */
static void
add_plain(struct text *out, char c)
{
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

    if (is_letter || c == '"' || c == '\\')
        text_addc(out, '"');
    if (c == '"' || c == '\\')
        text_addc(out, '\\');
    text_addc(out, c);
    if (is_letter || c == '"' || c == '\\')
        text_addc(out, '"');
}

/* "%Y-%m-%d" → "YYYY-MM-DD"; none: to_char() has no such field. */
static struct slice
char_format(struct arena *a, struct slice format)
{
    struct text out;

    text_init(&out, a);
    if (format.len > FORMATTED_MAX)
        return SLICE_NONE;
    for (size_t i = 0; i < format.len; i++) {
        const char *pattern;

        if (format.ptr[i] != '%') {
            add_plain(&out, format.ptr[i]);
            continue;
        }
        pattern = ++i < format.len ? find_pattern(format.ptr[i]) : NULL;
        if (pattern == NULL)
            return SLICE_NONE;
        text_addz(&out, pattern);
    }
    return text_slice(&out);
}

/* ---- trees ---- */

static const struct expr *
string_of(struct arena *a, const struct expr *at, struct slice text)
{
    return expr_leaf(a, EXPR_STRING, at->span, text);
}

/* Types are said of each node: what a server prints is compared by them. */
static struct expr *
call_of(struct arena *a, const struct expr *at, struct slice name, size_t count,
        const struct type *result)
{
    struct expr *call = expr_new(a, EXPR_CALL, at->span, name, CALL_ARGS + count);

    call->result = result;
    return call;
}

static const struct expr *
current_timestamp(struct arena *a, const struct expr *at)
{
    struct expr *now =
        expr_new(a, EXPR_CALL_KEYWORD, at->span, SLICE("current_timestamp"), 0);

    now->result = type_shared(TYPE_TIMESTAMPTZ);
    return now;
}

static const struct expr *
epoch_of_now(struct arena *a, const struct expr *at)
{
    struct expr *epoch = call_of(a, at, SLICE("extract"), 2, type_shared(TYPE_DECIMAL));
    struct expr *whole = call_of(a, at, SLICE("floor"), 1, type_shared(TYPE_DECIMAL));
    struct expr *cast = expr_1(a, EXPR_CAST, at->span, SLICE_NONE, whole);

    epoch->flags |= EXPR_SPECIAL;
    epoch->args[CALL_ARGS] = string_of(a, at, SLICE("epoch"));
    epoch->args[CALL_ARGS + 1] = current_timestamp(a, at);
    whole->args[CALL_ARGS] = epoch;
    cast->type = type_shared(TYPE_INT8);
    cast->result = type_shared(TYPE_INT8);
    return cast;
}

static const struct expr *
formatted_now(struct arena *a, const struct expr *at, struct slice format)
{
    struct expr *call = call_of(a, at, SLICE("to_char"), 2, type_shared(TYPE_TEXT));
    struct expr *local = expr_2(a, EXPR_AT_TIME_ZONE, at->span, SLICE_NONE,
                                current_timestamp(a, at), string_of(a, at, SLICE("UTC")));

    local->result = type_shared(TYPE_TIMESTAMP);
    call->args[CALL_ARGS] = local;
    call->args[CALL_ARGS + 1] = string_of(a, at, format);
    return call;
}

/* ---- calls ---- */

/* Nothing, or 'now', from the argument `first` on. */
static bool
says_now(const struct expr *e, size_t first)
{
    size_t at = CALL_ARGS + first;
    const struct expr *arg = e->arg_count > at ? e->args[at] : NULL;

    return arg == NULL
           || (e->arg_count == at + 1 && arg->kind == EXPR_STRING
               && slice_is_fold(arg->text, "now"));
}

static const struct expr *
lower_strftime(struct arena *a, const struct expr *e)
{
    const struct expr *format = e->arg_count > CALL_ARGS ? e->args[CALL_ARGS] : NULL;
    struct slice pattern;

    if (format == NULL || format->kind != EXPR_STRING || !says_now(e, 1))
        return NULL;
    if (slice_is(format->text, "%s"))
        return epoch_of_now(a, e);
    pattern = char_format(a, format->text);
    return slice_is_none(pattern) ? NULL : formatted_now(a, e, pattern);
}

const struct expr *
postgres_clock_as_number(struct arena *a, const struct expr *e)
{
    bool is_keyword = e->kind == EXPR_CALL_KEYWORD && e->arg_count == 0
                      && slice_is(e->text, "current_timestamp");
    bool is_call = e->kind == EXPR_CALL && e->arg_count == CALL_ARGS
                   && slice_is(e->text, "now");
    struct expr *number;

    if (!is_keyword && !is_call)
        return NULL;
    number = expr_1(a, EXPR_CAST, e->span, SLICE_NONE,
                    formatted_now(a, e, SLICE("YYYYMMDDHH24MISS")));
    number->type = type_shared(TYPE_INT8);
    number->result = type_shared(TYPE_INT8);
    return number;
}

const struct expr *
postgres_lower_clock(struct arena *a, const struct expr *e)
{
    if (slice_is(e->text, "strftime"))
        return lower_strftime(a, e);
    if (slice_is(e->text, "unixepoch") || slice_is(e->text, "unix_timestamp"))
        return says_now(e, 0) ? epoch_of_now(a, e) : NULL;
    return NULL;
}
