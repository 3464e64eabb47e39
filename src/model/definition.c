/*
 * Definitions as statements: one writer for each detail, found by a table.  What several
 * writers share is in define.h.
 */
#include "model/define.h"

#include <assert.h>

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

typedef void definition_writer(struct sqlw *w, const struct definition *d);

static definition_writer *const writers[] = {
    [DETAIL_NONE] = NULL,           [DETAIL_EXTENSION] = write_extension,
    [DETAIL_SCHEMA] = write_schema, [DETAIL_DOMAIN] = NULL,
    [DETAIL_COMPOSITE] = NULL,      [DETAIL_RANGE] = NULL,
    [DETAIL_SEQUENCE] = NULL,       [DETAIL_ROUTINE] = NULL,
    [DETAIL_TRIGGER] = NULL,        [DETAIL_RULE] = NULL,
    [DETAIL_POLICY] = NULL,         [DETAIL_GRANT] = NULL,
    [DETAIL_STATISTICS] = NULL,     [DETAIL_VIRTUAL_TABLE] = NULL,
};
static_assert(ARRAY_LEN(writers) == DEFINITION_DETAIL_COUNT, "write every detail");

void
definition_write(struct sqlw *w, const struct definition *d)
{
    if (writers[d->detail] == NULL)
        sqlw_raw(w, d->text);
    else
        writers[d->detail](w, d);
}

void
definition_spell(struct arena *a, struct definition *d, const struct sql_style *style)
{
    struct text out;
    struct sqlw w;

    if (writers[d->detail] == NULL)
        return;
    text_init(&out, a);
    sqlw_init(&w, style, &out);
    definition_write(&w, d);
    d->text = text_slice(&out);
    d->normal = d->text;
}
