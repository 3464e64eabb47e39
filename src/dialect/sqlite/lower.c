/*
 * A neutral catalog in SQLite's terms: what is left out, what is renamed, and which
 * checks, indexes and triggers stand in for what SQLite does not have.  Here are the
 * order of the parts, their names, and the parts that have no file of their own.
 *
 * Needs: a resolved catalog.  Leaves: a new one that equals what is read back from a
 * database made of it.  The input is never edited.
 */
#include "base/sqltext.h"
#include "dialect/sqlite/comments.h"
#include "dialect/sqlite/lower.h"
#include "model/was.h"

/* ---- names ---- */

bool
lite_is_ours(struct slice only)
{
    return slice_is_none(only) || slice_is(only, "sqlite");
}

struct slice
lite_flat_name(struct arena *a, struct slice schema, struct slice name)
{
    if (slice_is_none(schema) || slice_is(schema, "public") || slice_is(schema, "main"))
        return name;
    return slice_format(a, "%.*s__%.*s", SLICE_ARG(schema), SLICE_ARG(name));
}

struct slice
lite_flat_was(struct arena *a, struct slice schema, struct slice was)
{
    struct relation_name old;

    if (slice_is_none(was))
        return was;
    old = was_name(schema, was);
    return lite_flat_name(a, old.schema, old.name);
}

/* SQLite compares names without case, and keeps tables, views and indexes in one bag. */
void
lite_claim_name(struct lite_lowering *l, struct map *names, struct slice name,
                struct span span)
{
    struct slice folded = slice_lower(&l->s->arena, name);
    const struct span *other = map_get(names, folded);
    struct diag *d;

    if (other != NULL) {
        d = diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, span,
                     "the name \"%.*s\" is taken: SQLite has one set of names for "
                     "tables, views and indexes, and one for triggers, without case",
                     SLICE_ARG(name));
        diag_note(&l->s->diags, d, *other, "it is used here");
    } else if (dialect_is_own_table(name)) {
        diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, span,
                 "the name \"%.*s\" is that of a table of schemac itself",
                 SLICE_ARG(name));
    } else if (slice_starts(folded, "sqlite_")) {
        diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, span,
                 "the name \"%.*s\" is reserved in SQLite", SLICE_ARG(name));
    }
    map_put(names, folded, arena_copy(&l->s->arena, &span, sizeof span));
}

/* ---- expressions ---- */

struct lite_scope
lite_scope_of(const struct lite_lowering *l, const struct table *neutral)
{
    return (struct lite_scope){
        .s = l->s,
        .catalog = l->from,
        .table = neutral,
        .views = &l->views,
        .routines = &l->routines,
        .neutral = true,
    };
}

struct span
lite_span_or(struct span span, struct span other)
{
    return span.source != 0 ? span : other;
}

void
lite_report_note(struct lite_lowering *l, const struct lite_scope *scope,
                 struct span span, struct slice what)
{
    if (!slice_is_none(scope->note))
        diag_add(&l->s->diags, D_LOWER_NOTE, lite_span_or(scope->note_span, span),
                 "%.*s: %.*s", SLICE_ARG(what), SLICE_ARG(scope->note));
}

void
lite_report_left_out(struct lite_lowering *l, const struct lite_scope *scope,
                     struct span span, struct slice what)
{
    struct diag *d;

    span = lite_span_or(scope->span, span);
    if (scope->is_needed)
        d = diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, span, "%.*s: %.*s",
                     SLICE_ARG(what), SLICE_ARG(scope->problem));
    else
        d = diag_add(&l->s->diags, D_LOWER_LEFT_OUT, span, "%.*s is left out: %.*s",
                     SLICE_ARG(what), SLICE_ARG(scope->problem));
    if (!slice_is_none(scope->hint))
        diag_hint(&l->s->diags, d, "%.*s", SLICE_ARG(scope->hint));
}

/* The expression of an object that goes without it, or goes itself. */
const struct expr *
lite_lower_or_leave(struct lite_lowering *l, struct lite_scope *scope,
                    const struct expr *e, const struct type *target, struct span span,
                    struct slice what)
{
    const struct expr *out =
        target == NULL ? lite_lower_expr(scope, e) : lite_lower_value(scope, e, target);

    if (lite_has_problem(scope))
        lite_report_left_out(l, scope, span, what);
    lite_report_note(l, scope, span, what);
    return lite_has_problem(scope) ? NULL : out;
}

/* ---- what is kept whole ---- */

/* CREATE TRIGGER … BEGIN … END and CREATE VIRTUAL TABLE are SQLite's own; a trigger that
 * is kept whole is MySQL's. */
static bool
is_our_definition(const struct definition *r)
{
    if (r->detail == DETAIL_TRIGGER)
        return slice_is_none(r->u.trigger->function);
    return r->detail == DETAIL_VIRTUAL_TABLE;
}

static void
lower_definition(struct lite_lowering *l, const struct definition *from)
{
    struct definition *r;

    if (!lite_is_ours(from->only) || lite_lower_comment(l, from)
        || lite_is_needless(l, from)
        || lite_is_counter(l, from))
        return;
    if (!is_our_definition(from)) {
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, from->span,
                 "%.*s%s%.*s is left out: SQLite has none", SLICE_ARG(from->kind),
                 slice_is_none(from->name) ? "" : " ", SLICE_ARG(from->name));
        return;
    }
    r = arena_copy(&l->s->arena, from, sizeof *from);
    r->only = SLICE_NONE;
    definition_spell(&l->s->arena, r, &lite_style);
    lite_claim_name(l, slice_is(r->kind, "trigger") ? &l->triggers : &l->names, r->name,
                    r->span);
    VEC_PUSH(&l->s->arena, &l->to->definitions, r);
}

/* ---- initial rows and sections ---- */

/* A row without one of its values is another row. */
static const struct expr *
lower_row_value(struct lite_lowering *l, struct lite_scope *scope, const struct expr *e,
                const struct type *target, struct span span, struct slice what)
{
    scope->is_needed = true;
    return lite_lower_or_leave(l, scope, e, target, span, what);
}

/* Where the rows of a partition are. */
static const struct table *
whole_table(const struct lite_lowering *l, const struct table *t)
{
    while (t != NULL && t->bound != NULL)
        t = catalog_whole_of(l->from, t);
    return t;
}

static void
lower_rows(struct lite_lowering *l, const struct initial_rows *from)
{
    const struct table *t = lite_our_table(l, whole_table(l, from->table));
    struct initial_rows *rows;

    if (t == NULL)
        return;
    lite_check_counters_given(l, t, from);
    rows = arena_copy(&l->s->arena, from, sizeof *from);
    rows->table = t;
    rows->rows.items = NULL;
    rows->rows.count = rows->rows.capacity = 0;
    VEC_EACH (i, &from->rows) {
        struct initial_row row = { .span = from->rows.items[i].span };

        VEC_EACH (j, &from->columns.all) {
            const struct column *c =
                table_find_column(from->table, from->columns.all.items[j]);
            struct lite_scope scope = lite_scope_of(l, NULL);

            VEC_PUSH(&l->s->arena, &row.values,
                     lower_row_value(l, &scope, from->rows.items[i].values.items[j],
                                     c == NULL ? NULL : lite_logical_type(c), row.span,
                                     SLICE("initial row")));
        }
        VEC_PUSH(&l->s->arena, &rows->rows, row);
    }
    VEC_PUSH(&l->s->arena, &l->to->initial_rows, rows);
}

static void
lower_sections(struct lite_lowering *l)
{
    VEC_EACH (i, &l->from->sections)
        if (lite_is_ours(l->from->sections.items[i]->dialect))
            VEC_PUSH(&l->s->arena, &l->to->sections, l->from->sections.items[i]);
}

/* ---- the whole ---- */

static void
claim_index_names(struct lite_lowering *l)
{
    VEC_EACH (i, &l->to->indexes)
        lite_claim_name(l, &l->names, l->to->indexes.items[i]->name,
                        l->to->indexes.items[i]->span);
}

static struct catalog *
new_catalog(struct lite_lowering *l)
{
    struct catalog *to = catalog_new(&l->s->arena);

    to->name = l->from->name;
    to->version = l->from->version;
    to->dialect = SLICE("sqlite");
    to->is_lowered = true;
    return to;
}

static void
lower_all(struct lite_lowering *l)
{
    lite_note_comments(l);
    lite_find_sequences(l);
    VEC_EACH (i, &l->from->tables) {
        const struct table *t = l->from->tables.items[i];

        if (lite_is_ours(t->only))
            lite_lower_table(l, t);
        if (lite_our_table(l, t) == NULL)
            map_put(&l->left_out, catalog_key(&l->s->arena, t->schema, t->name), NULL);
    }
    VEC_EACH (i, &l->from->indexes)
        lite_lower_index(l, l->from->indexes.items[i]);
    claim_index_names(l);
    lite_lower_views(l);
    VEC_EACH (i, &l->from->definitions)
        lower_definition(l, l->from->definitions.items[i]);
    VEC_EACH (i, &l->from->tables) {
        const struct table *t = lite_our_table(l, l->from->tables.items[i]);

        if (t != NULL)
            lite_lower_rules(l, l->from->tables.items[i], t);
    }
    lite_lower_counters(l);
    lite_lower_guards(l);
    VEC_EACH (i, &l->from->initial_rows)
        lower_rows(l, l->from->initial_rows.items[i]);
    lower_sections(l);
}

bool
lite_lower(struct session *s, const struct catalog *c, struct catalog **out)
{
    struct lite_lowering l = { .s = s, .from = c };
    size_t errors = s->diags.error_count;

    if (slice_is(c->dialect, "sqlite")) {
        lite_own_comments(s, c, out);
        return true;
    }
    if (!slice_is_none(c->dialect)) {
        diag_add(&s->diags, D_WRONG_DIALECT, SPAN_NONE,
                 "declarations in the terms of %.*s cannot be turned into those of "
                 "SQLite",
                 SLICE_ARG(c->dialect));
        return false;
    }
    l.from = lite_inline_domains(s, c);
    l.to = new_catalog(&l);
    dialect_find_routines(&s->arena, c, &l.routines);
    map_init(&l.names, &s->arena);
    map_init(&l.triggers, &s->arena);
    map_init(&l.views, &s->arena);
    map_init(&l.left_out, &s->arena);
    map_init(&l.sequences, &s->arena);
    map_init(&l.used_sequences, &s->arena);
    map_init(&l.counted, &s->arena);
    *out = l.to;
    lower_all(&l);
    return s->diags.error_count == errors;
}
