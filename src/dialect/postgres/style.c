/*
 * PostgreSQL's spelling, where it differs from the canonical one, and the vtable.
 */
#include "dialect/postgres/alter.h"

#include <stdlib.h>

/* The canonical style quotes the reserved words of every engine. */
static bool
is_reserved(struct slice name)
{
    return sql_style_canonical.is_reserved(name);
}

static void
write_type(struct sqlw *w, const struct type *t)
{
    sql_style_canonical.write_type(w, t);
}

/* x'…' is a bit string in PostgreSQL. */
static void
write_blob(struct sqlw *w, const struct expr *e)
{
    struct text hex;

    text_init(&hex, w->out->arena);
    text_addz(&hex, "'\\x");
    text_add(&hex, e->text);
    text_addz(&hex, "'::bytea");
    sqlw_raw(w, text_slice(&hex));
}

static bool
is_hex_number(struct slice digits)
{
    return slice_starts(digits, "0x") || slice_starts(digits, "0X");
}

/* PostgreSQL 15 has no hexadecimal integers. */
static void
write_hex_number(struct sqlw *w, const struct expr *e)
{
    struct arena *a = w->out->arena;

    sqlw_raw(w, slice_format(a, "%llu", strtoull(slice_z(a, e->text), NULL, 16)));
}

static bool
write_expr(struct sqlw *w, const struct expr *e)
{
    if (e->kind == EXPR_BLOB)
        write_blob(w, e);
    else if (e->kind == EXPR_NUMBER && is_hex_number(e->text))
        write_hex_number(w, e);
    else
        return false;
    return true;
}

const struct sql_style postgres_style = {
    .name = "postgres",
    .is_reserved = is_reserved,
    .write_type = write_type,
    .write_expr = write_expr,
};

const struct dialect dialect_postgres = {
    .name = "postgres",
    .plans_online = true,
    .style = &postgres_style,
    .forms = &postgres_forms,
    .lower = postgres_lower,
    .create = postgres_create,
    .loses_digits = alter_loses_digits,
    .converts_one_way = alter_converts_one_way,
    .replaces_type = alter_replaces_type,
    .remakes_table = alter_remakes_table,
    .alter = postgres_alter,
    .insert_row = postgres_insert_row,
    .storage = postgres_storage,
    .script_begin = postgres_script_begin,
    .script_end = postgres_script_end,
};
