/*
 * Functions, procedures and aggregates as statements.
 */
#include "model/define.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define ROUTINE_INDENT 4

/* ---- arguments ---- */

/* f(a, not f (a. */
static void
open_list(struct sqlw *w)
{
    w->need_blank = false;
    sqlw_open(w);
}

static const char *const mode_words[] = {
    [ARGUMENT_IN] = "",         [ARGUMENT_OUT] = "OUT",
    [ARGUMENT_INOUT] = "INOUT", [ARGUMENT_VARIADIC] = "VARIADIC",
    [ARGUMENT_TABLE] = "",
};
static_assert(ARRAY_LEN(mode_words) == ARGUMENT_TABLE + 1, "name every mode");

static void
write_argument(struct sqlw *w, const struct argument *a)
{
    if (mode_words[a->mode][0] != '\0')
        sqlw_kw(w, mode_words[a->mode]);
    if (!slice_is_none(a->name))
        sqlw_ident(w, a->name);
    sqlw_type(w, &a->type);
    if (a->default_value == NULL)
        return;
    sqlw_kw(w, "DEFAULT");
    sqlw_expr(w, a->default_value);
}

static void
write_arguments(struct sqlw *w, const struct routine *r, bool table_columns)
{
    size_t count = 0;

    open_list(w);
    VEC_EACH (i, &r->arguments.all) {
        const struct argument *a = &r->arguments.all.items[i];
        bool ordered = !table_columns && r->has_order_by && i == r->order_by;

        if ((a->mode == ARGUMENT_TABLE) != table_columns)
            continue;
        if (count++ > 0 && !ordered)
            sqlw_comma(w);
        if (ordered)
            sqlw_kw(w, "ORDER BY");
        write_argument(w, a);
    }
    if (count == 0 && r->kind == ROUTINE_AGGREGATE)
        sqlw_raw(w, SLICE("*"));
    sqlw_close(w);
}

bool
argument_is_input(enum argument_mode mode)
{
    return mode != ARGUMENT_OUT && mode != ARGUMENT_TABLE;
}

struct slice
routine_signature(struct arena *a, const struct arguments *arguments)
{
    struct text out;
    size_t count = 0;

    text_init(&out, a);
    VEC_EACH (i, &arguments->all) {
        const struct argument *x = &arguments->all.items[i];

        if (!argument_is_input(x->mode))
            continue;
        if (count++ > 0)
            text_addz(&out, ", ");
        type_print(&x->type, &out);
    }
    return text_slice(&out);
}

void
routine_write_signature(struct sqlw *w, const struct definition *d)
{
    const struct routine *r = d->u.routine;
    size_t count = 0;

    sqlw_qualified(w, d->schema, d->name);
    open_list(w);
    VEC_EACH (i, &r->arguments.all) {
        const struct argument *a = &r->arguments.all.items[i];

        if (a->mode == ARGUMENT_TABLE
            || (a->mode == ARGUMENT_OUT && r->kind != ROUTINE_PROCEDURE))
            continue;
        if (r->has_order_by && i == r->order_by)
            sqlw_kw(w, "ORDER BY");
        else if (count > 0)
            sqlw_comma(w);
        count++;
        if (a->mode != ARGUMENT_IN)
            sqlw_kw(w, mode_words[a->mode]);
        sqlw_type(w, &a->type);
    }
    if (count == 0 && r->kind == ROUTINE_AGGREGATE)
        sqlw_raw(w, SLICE("*"));
    sqlw_close(w);
}

/* ---- what it gives ---- */

static bool
has_table(const struct routine *r)
{
    size_t count = r->arguments.all.count;

    return count > 0 && r->arguments.all.items[count - 1].mode == ARGUMENT_TABLE;
}

static void
write_result(struct sqlw *w, const struct routine *r)
{
    if (has_table(r)) {
        sqlw_kw(w, "RETURNS TABLE");
        write_arguments(w, r, true);
    } else if (r->has_result) {
        sqlw_kw(w, r->returns_set ? "RETURNS SETOF" : "RETURNS");
        sqlw_type(w, &r->result);
    }
}

/* ---- options ---- */

static const char *const volatility_words[] = {
    [VOLATILITY_VOLATILE] = "",
    [VOLATILITY_STABLE] = "STABLE",
    [VOLATILITY_IMMUTABLE] = "IMMUTABLE",
};
static_assert(ARRAY_LEN(volatility_words) == VOLATILITY_IMMUTABLE + 1, "name every one");

static void
write_flag(struct sqlw *w, bool is_set, const char *words)
{
    if (is_set)
        sqlw_kw(w, words);
}

static void
write_value(struct sqlw *w, const char *word, struct slice value)
{
    if (slice_is_none(value))
        return;
    sqlw_kw(w, word);
    sqlw_raw(w, value);
}

static void
write_transforms(struct sqlw *w, const struct slices *types)
{
    VEC_EACH (i, &types->all) {
        if (i > 0)
            sqlw_comma(w);
        sqlw_kw(w, i == 0 ? "TRANSFORM FOR TYPE" : "FOR TYPE");
        sqlw_raw(w, types->all.items[i]);
    }
}

static void
write_options(struct sqlw *w, const struct routine *r)
{
    sqlw_kw(w, "LANGUAGE");
    sqlw_ident(w, r->language);
    write_transforms(w, &r->transforms);
    write_flag(w, r->window, "WINDOW");
    write_flag(w, r->volatility != VOLATILITY_VOLATILE, volatility_words[r->volatility]);
    write_flag(w, r->strict, "STRICT");
    write_flag(w, r->security_definer, "SECURITY DEFINER");
    write_flag(w, r->leakproof, "LEAKPROOF");
    write_value(w, "COST", r->cost);
    write_value(w, "ROWS", r->rows);
    write_value(w, "SUPPORT", r->support);
    write_value(w, "PARALLEL", r->parallel);
}

void
write_setting_name(struct sqlw *w, struct slice name)
{
    size_t dot = 0;

    while (dot < name.len && name.ptr[dot] != '.')
        dot++;
    if (dot < name.len)
        sqlw_qualified(w, slice_sub(name, 0, dot), slice_sub(name, dot + 1, name.len));
    else
        sqlw_ident(w, name);
}

static void
write_settings(struct sqlw *w, const struct settings *settings)
{
    VEC_EACH (i, &settings->all) {
        const struct setting *s = &settings->all.items[i];

        sqlw_newline(w);
        sqlw_kw(w, "SET");
        write_setting_name(w, s->name);
        sqlw_kw(w, slice_is_none(s->value) ? "FROM CURRENT" : "TO");
        if (!slice_is_none(s->value))
            sqlw_raw(w, s->value);
    }
}

/* ---- the body ---- */

static void
write_body(struct sqlw *w, const struct routine *r)
{
    sqlw_newline(w);
    switch (r->body_kind) {
    case BODY_NONE:
        break;
    case BODY_STRING:
        sqlw_kw(w, "AS");
        sqlw_raw(w, dollar_quoted(w->out->arena, r->body, ""));
        break;
    case BODY_LINK:
        sqlw_kw(w, "AS");
        sqlw_string(w, r->body);
        sqlw_comma(w);
        sqlw_string(w, r->body2);
        break;
    case BODY_RETURN:
        sqlw_kw(w, "RETURN");
        sqlw_raw(w, r->body);
        break;
    case BODY_ATOMIC:
        sqlw_kw(w, "BEGIN ATOMIC");
        sqlw_raw(w, r->body);
        sqlw_kw(w, "END");
        break;
    }
}

/* ---- the statement ---- */

static void
write_aggregate(struct sqlw *w, const struct definition *d)
{
    const struct settings *options = &d->u.routine->options;

    sqlw_kw(w, "AGGREGATE");
    sqlw_qualified(w, d->schema, d->name);
    write_arguments(w, d->u.routine, false);
    sqlw_open(w);
    VEC_EACH (i, &options->all) {
        const struct setting *s = &options->all.items[i];

        if (i > 0)
            sqlw_comma(w);
        sqlw_ident(w, s->name);
        if (slice_is_none(s->value))
            continue;
        sqlw_kw(w, "=");
        sqlw_raw(w, s->value);
    }
    sqlw_close(w);
}

void
definition_write_routine(struct sqlw *w, const struct definition *d)
{
    const struct routine *r = d->u.routine;
    size_t indent = w->indent;

    sqlw_kw(w, "CREATE");
    if (r->kind == ROUTINE_AGGREGATE) {
        write_aggregate(w, d);
        return;
    }
    sqlw_kw(w, r->kind == ROUTINE_FUNCTION ? "FUNCTION" : "PROCEDURE");
    sqlw_qualified(w, d->schema, d->name);
    write_arguments(w, r, false);
    write_result(w, r);
    w->indent = indent + ROUTINE_INDENT;
    sqlw_newline(w);
    write_options(w, r);
    write_settings(w, &r->settings);
    write_body(w, r);
    w->indent = indent;
}
