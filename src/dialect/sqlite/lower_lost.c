/*
 * What SQLite has no place for and what changes no row: storage options, rights.  It is
 * left out, and a note says so.  What changes the meaning of a schema is no matter of
 * this file: it is lowered or refused where it stands.
 */
#include "dialect/sqlite/lower.h"

static void
note(struct lite_lowering *l, struct span span, struct slice what, const char *why)
{
    diag_add(&l->s->diags, D_LOWER_FORM, span, "%.*s: %s", SLICE_ARG(what), why);
}

void
lite_note_options(struct lite_lowering *l, struct span span, struct slice what,
                  struct slice options)
{
    if (options.len > 0)
        diag_add(&l->s->diags, D_LOWER_FORM, span,
                 "%.*s: SQLite has no storage options: %.*s is not kept", SLICE_ARG(what),
                 SLICE_ARG(options));
}

static void
warn_of_place(struct lite_lowering *l, struct span span, const char *word,
              struct slice value)
{
    if (!slice_is_none(value))
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, span,
                 "%s %.*s is not kept: SQLite stores everything in one file", word,
                 SLICE_ARG(value));
}

static void
note_column_storage(struct lite_lowering *l, const struct table *t,
                    const struct column *c)
{
    struct slice what = slice_format(&l->s->arena, "column \"%.*s\" of \"%.*s\"",
                                     SLICE_ARG(c->name), SLICE_ARG(t->name));

    lite_note_options(l, c->span, what, c->options);
    if (c->has_statistics || !slice_is_none(c->storage) || !slice_is_none(c->compression))
        note(l, c->span, what,
             "SQLite has no STORAGE, COMPRESSION or STATISTICS: they are not kept");
}

void
lite_warn_tablespace(struct lite_lowering *l, struct span span, struct slice tablespace)
{
    warn_of_place(l, span, "TABLESPACE", tablespace);
}

void
lite_note_storage(struct lite_lowering *l, const struct table *t)
{
    VEC_EACH (i, &t->columns)
        note_column_storage(l, t, t->columns.items[i]);
    warn_of_place(l, t->span, "TABLESPACE", t->tablespace);
    warn_of_place(l, t->span, "USING", t->method);
    warn_of_place(l, t->span, "CLUSTER ON", t->clustered_on);
    warn_of_place(l, t->span, "REPLICA IDENTITY", t->replica_identity);
    if (t->row_security && slice_is_none(t->row_security_only))
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, t->span,
                 "row level security of \"%.*s\" is left out: SQLite has none",
                 SLICE_ARG(t->name));
    struct slice what = slice_format(&l->s->arena, "table \"%.*s\"", SLICE_ARG(t->name));

    lite_note_options(l, t->span, what, t->options);
    if (t->unlogged)
        note(l, t->span, what,
             "SQLite writes every table to its journal: UNLOGGED is "
             "not kept");
}

/* They only tell in which order and by which comparison an index is read. */
void
lite_note_key_extras(struct lite_lowering *l, const struct index_key *k, struct span span,
                     struct slice what)
{
    if (!slice_is_none(k->opclass))
        diag_add(&l->s->diags, D_LOWER_FORM, span,
                 "%.*s: SQLite has no operator classes: %.*s is not kept",
                 SLICE_ARG(what), SLICE_ARG(k->opclass));
    if (k->nulls != NULLS_DEFAULT)
        note(l, span, what,
             "SQLite keeps NULLs before all values: NULLS FIRST or LAST is not kept");
}

/* ---- what is kept whole ---- */

/* SQLite needs none of them, or does their work otherwise: schemas live on in names,
 * domains in the columns that have them (inline.c). */
bool
lite_is_needless(struct lite_lowering *l, const struct definition *r)
{
    static const char *const kinds[] = { "extension", "grant",   "revoke",
                                         "owner",     "statistics" };

    if (slice_is(r->kind, "schema") || r->detail == DETAIL_DOMAIN)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (!slice_is(r->kind, kinds[i]))
            continue;
        diag_add(&l->s->diags, D_LOWER_FORM, r->span,
                 "%.*s%s%.*s is not kept: SQLite needs none", SLICE_ARG(r->kind),
                 slice_is_none(r->name) ? "" : " ", SLICE_ARG(r->name));
        return true;
    }
    return false;
}
