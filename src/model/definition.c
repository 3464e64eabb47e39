/*
 * Definitions as statements: one writer for each detail, found by a table.  What several
 * writers share is in define.h.
 */
#include "model/define.h"

#include <assert.h>

bool
slices_have(const struct slices *names, struct slice name)
{
    VEC_EACH (i, &names->all)
        if (slice_equal(names->all.items[i], name))
            return true;
    return false;
}

static void
write_extension(struct sqlw *w, const struct definition *d)
{
    const struct extension *e = d->u.extension;

    sqlw_kw(w, "CREATE EXTENSION");
    sqlw_ident(w, d->name);
    if (!slice_is_none(e->in_schema)) {
        sqlw_kw(w, "SCHEMA");
        sqlw_ident(w, e->in_schema);
    }
    if (!slice_is_none(e->version)) {
        sqlw_kw(w, "VERSION");
        sqlw_string(w, e->version);
    }
}

static void
write_schema(struct sqlw *w, const struct definition *d)
{
    sqlw_kw(w, "CREATE SCHEMA");
    sqlw_ident(w, d->name);
}

static void
write_virtual_table(struct sqlw *w, const struct definition *d)
{
    const struct virtual_table *v = d->u.virtual_table;

    sqlw_kw(w, "CREATE VIRTUAL TABLE");
    sqlw_qualified(w, d->schema, d->name);
    sqlw_kw(w, "USING");
    sqlw_ident(w, v->module);
    if (v->arguments.all.count == 0)
        return;
    sqlw_open(w);
    VEC_EACH (i, &v->arguments.all) {
        if (i > 0)
            sqlw_comma(w);
        sqlw_raw(w, v->arguments.all.items[i]);
    }
    sqlw_close(w);
}

static void
write_object_comment(struct sqlw *w, const struct definition *d)
{
    const struct object_comment *c = d->u.object_comment;

    sqlw_kw(w, "COMMENT ON");
    if (slice_is_none(c->on)) {
        sqlw_kw(w, "COLUMN");
        sqlw_qualified(w, d->schema, d->table);
        sqlw_dot(w);
        sqlw_ident(w, d->name);
    } else {
        sqlw_raw(w, c->on);
    }
    sqlw_kw(w, "IS");
    if (c->text.len > 0)
        sqlw_string(w, c->text);
    else
        sqlw_kw(w, "NULL");
}

static definition_writer *const writers[] = {
    [DETAIL_NONE] = NULL,
    [DETAIL_EXTENSION] = write_extension,
    [DETAIL_SCHEMA] = write_schema,
    [DETAIL_DOMAIN] = write_domain,
    [DETAIL_COMPOSITE] = write_composite,
    [DETAIL_RANGE] = write_range,
    [DETAIL_SEQUENCE] = write_sequence,
    [DETAIL_ROUTINE] = definition_write_routine,
    [DETAIL_TRIGGER] = definition_write_trigger,
    [DETAIL_RULE] = definition_write_rule,
    [DETAIL_POLICY] = definition_write_policy,
    [DETAIL_GRANT] = write_grant,
    [DETAIL_STATISTICS] = write_statistics,
    [DETAIL_VIRTUAL_TABLE] = write_virtual_table,
    [DETAIL_COMMENT] = write_object_comment,
    [DETAIL_ROLE] = definition_write_role,
};
static_assert(ARRAY_LEN(writers) == DEFINITION_DETAIL_COUNT, "write every detail");

void
definition_write_name(struct sqlw *w, const struct definition *d)
{
    bool on_table = !slice_is_none(d->table) && !slice_is(d->kind, "index");

    if (d->detail == DETAIL_VIRTUAL_TABLE)
        sqlw_kw(w, "TABLE");
    else
        sqlw_upper(w, d->kind);
    if (d->detail == DETAIL_ROUTINE) {
        routine_write_signature(w, d);
        return;
    }
    sqlw_qualified(w, on_table ? SLICE_NONE : d->schema, d->name);
    if (on_table) {
        sqlw_kw(w, "ON");
        sqlw_qualified(w, d->schema, d->table);
    }
}

void
definition_write(struct sqlw *w, const struct definition *d)
{
    if (writers[d->detail] == NULL)
        sqlw_raw(w, d->text);
    else
        writers[d->detail](w, d);
}

struct slice
definition_text(struct arena *a, const struct definition *d,
                const struct sql_style *style)
{
    struct text out;
    struct sqlw w;

    text_init(&out, a);
    sqlw_init(&w, style, &out);
    definition_write(&w, d);
    return text_slice(&out);
}

/* What is compared: a password never is. */
static struct slice
normal_text(struct arena *a, const struct definition *d)
{
    struct definition plain = *d;
    struct role role;

    if (d->detail == DETAIL_ROLE) {
        role = *d->u.role;
        role.password = SLICE_NONE;
        plain.u.role = &role;
    }
    return definition_text(a, &plain, &sql_style_canonical);
}

void
definition_spell(struct arena *a, struct definition *d, const struct sql_style *style)
{
    if (writers[d->detail] == NULL)
        return;
    d->text = definition_text(a, d, style);
    d->normal = style == &sql_style_canonical && d->detail != DETAIL_ROLE
                    ? d->text
                    : normal_text(a, d);
}
