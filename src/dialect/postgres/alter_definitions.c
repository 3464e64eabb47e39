/*
 * Definitions: made, dropped, and which way one becomes another: in place, in the place
 * of the old one, or not at all.
 */
#include "dialect/postgres/alter.h"

#include <string.h>

size_t
alter_code_order(struct alter *a, const struct definition *d, bool is_new)
{
    size_t end = a->r->from->tables.count + DEFINITION_ORDER_END;
    size_t depth = order_of_type(a->s, &a->old_types, d);

    if (is_new)
        return order_of_restored(&a->new_restores, &a->new_routines, d);
    if (slice_is(d->kind, "schema") || slice_is(d->kind, "extension"))
        end += 2 * TYPE_DEPTH_MAX; /* behind what may be in it */
    else if (depth > 0)
        return end + TYPE_DEPTH_MAX - depth; /* what is made of others goes before them */
    return end - order_of_definition(&a->old_routines, d);
}

/* A function of a domain's check may take the domain, so that neither could be first. */
static void
make(struct alter *a, const struct change *c, struct action *to)
{
    const struct definition *r = c->new.definition;
    struct action *late;

    if (!order_domain_waits(&a->new_routines, r)) {
        postgres_create_definition(a->s, a->r->to, r, to);
        return;
    }
    alter_sql(a, to, postgres_create_domain(a->s, &a->new_routines, r));
    if (r->comment.len > 0)
        alter_sql(a, to, postgres_comment_definition(a->s, r));
    late = alter_action(a, PHASE_GROW, GROW_TABLES - 1, c);
    late->title =
        slice_format(&a->s->arena, "the checks of domain %.*s that call functions",
                     SLICE_ARG(r->name));
    postgres_add_waiting_checks(a->s, &a->new_routines, r, late);
}

void
alter_make_definition(struct alter *a, const struct change *c)
{
    const struct definition *r = c->new.definition;
    const size_t begin[] = {
        [STAGE_FIRST] = GROW_DEFINITIONS,
        [STAGE_CODE] = GROW_CODE,
        [STAGE_ROWS] = alter_columns_order(a) + 1,
        [STAGE_LAST] = alter_restore_end(a),
    };
    enum definition_stage stage = definition_stage(a->r->to, r);
    size_t depth = order_of_type(a->s, &a->new_types, r);
    size_t order = depth > 0             ? GROW_ENUMS + depth
                   : stage == STAGE_LAST ? alter_code_order(a, r, true)
                   : r->detail == DETAIL_SCHEMA
                       ? GROW_SCHEMAS
                       : begin[stage] + order_of_definition(&a->new_routines, r);
    struct action *to;

    if (alter_serial_takes(a, r))
        return;
    to = alter_action(a, stage == STAGE_LAST ? PHASE_RESTORE : PHASE_GROW, order, c);

    if (slice_is_none(r->table))
        to->lock = NULL;
    if (slice_is(r->kind, "index")) { /* of a materialized view, which is read for it */
        to->lock = "SHARE";
        to->scans = true;
    }
    make(a, c, to);
    if (!postgres_has_owner(r))
        return;
    to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_CONSTRAINTS, c);
    alter_sql(a, to, postgres_own_sequence(a->s, r));
}

/* Kinds that DROP names like this; those on a table are named with it. */
static const struct {
    const char *kind;
    const char *words;
    bool on_table;
} definition_drops[] = {
    { "trigger", "DROP TRIGGER", true },
    { "rule", "DROP RULE", true },
    { "policy", "DROP POLICY", true },
    { "function", "DROP FUNCTION", false },
    { "procedure", "DROP PROCEDURE", false },
    { "aggregate", "DROP AGGREGATE", false },
    { "extension", "DROP EXTENSION", false },
    { "schema", "DROP SCHEMA", false },
    { "sequence", "DROP SEQUENCE", false },
    { "domain", "DROP DOMAIN", false },
    { "type", "DROP TYPE", false },
    { "index", "DROP INDEX", false },
    { "statistics", "DROP STATISTICS", false },
    { "table", "DROP TABLE", false },
    { "foreign table", "DROP FOREIGN TABLE", false },
    { "server", "DROP SERVER", false },
    { "foreign data wrapper", "DROP FOREIGN DATA WRAPPER", false },
    { "collation", "DROP COLLATION", false },
    { "conversion", "DROP CONVERSION", false },
    { "event trigger", "DROP EVENT TRIGGER", false },
    { "publication", "DROP PUBLICATION", false },
    { "text search configuration", "DROP TEXT SEARCH CONFIGURATION", false },
    { "text search dictionary", "DROP TEXT SEARCH DICTIONARY", false },
    { "text search parser", "DROP TEXT SEARCH PARSER", false },
    { "text search template", "DROP TEXT SEARCH TEMPLATE", false },
};

/* What is said once nobody says anything. */
static struct slice
comment_of_the_server(const struct object_comment *c)
{
    return slice_is(c->on, "SCHEMA public") ? SLICE(COMMENT_OF_INITDB) : SLICE_NONE;
}

/* On something that stays, without a field for it. */
static void
drop_comment(struct alter *a, const struct change *c)
{
    struct definition none = *c->old.definition;
    struct object_comment comment = *none.u.object_comment;
    struct action *to = alter_action(a, PHASE_CLEAR, CLEAR_COMMENTS, c);

    comment.text = comment_of_the_server(&comment);
    none.u.object_comment = &comment;
    to->lock = "SHARE UPDATE EXCLUSIVE";
    alter_sql(a, to, definition_text(&a->s->arena, &none, &postgres_style));
}

static struct slice
whole_key(struct alter *a, struct slice kind, const struct definition *d)
{
    return slice_format(&a->s->arena, "%.*s\1%.*s\1%.*s", SLICE_ARG(kind),
                        SLICE_ARG(d->schema), SLICE_ARG(d->name));
}

static void
note_whole(struct alter *a, const struct catalog *c, struct map *out)
{
    map_init(out, &a->s->arena);
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_NONE)
            map_put(out, whole_key(a, d->kind, d), NULL);
    }
}

void
alter_note_whole(struct alter *a)
{
    note_whole(a, a->r->from, &a->old_whole);
    note_whole(a, a->r->to, &a->new_whole);
}

/* None where there is no telling how. */
struct slice
alter_drop_text(struct alter *a, const struct definition *r)
{
    for (size_t i = 0; i < ARRAY_LEN(definition_drops); i++) {
        bool on_table = definition_drops[i].on_table;
        struct postgres_statement st;

        if (!slice_is(r->kind, definition_drops[i].kind) || slice_is_none(r->name))
            continue;
        postgres_begin(a->s, &st);
        sqlw_kw(&st.w, definition_drops[i].words);
        if (r->detail == DETAIL_ROUTINE)
            routine_write_signature(&st.w, r);
        else
            sqlw_qualified(&st.w, on_table ? SLICE_NONE : r->schema, r->name);
        if (on_table) {
            sqlw_kw(&st.w, "ON");
            sqlw_qualified(&st.w, r->schema, r->table);
        }
        return postgres_end(&st);
    }
    return postgres_drop_text(
        &a->s->arena, r,
        map_has(&a->old_whole, whole_key(a, SLICE("operator family"), r)));
}

/* A routine of a domain's check goes before the domain, which it may take. */
static void
drop_waiting_checks(struct alter *a, const struct change *c)
{
    const struct definition *d = c->old.definition;
    struct action *to = alter_action(a, PHASE_SHRINK, a->r->from->tables.count + 2, c);
    struct slice name = alter_name(a, d->schema, d->name);

    VEC_EACH (i, &d->u.domain->checks) {
        const struct domain_check *k = &d->u.domain->checks.items[i];
        struct slice check = alter_ident(a, k->name);

        if (order_check_waits(&a->old_routines, k))
            alter_sql(a, to,
                      slice_format(&a->s->arena, "ALTER DOMAIN %.*s DROP CONSTRAINT %.*s",
                                   SLICE_ARG(name), SLICE_ARG(check)));
    }
}

/* Before the views that it reads and behind those that call it, where any body reads one
 * that goes; else behind all that may hold on to it. */
static size_t
order_of_going(struct alter *a, const struct definition *r)
{
    if (!a->code_reads_views)
        return alter_clear_order(a, false) + 1 + alter_code_order(a, r, false);
    if (order_is_among_views(&a->old_restores, r))
        return CLEAR_VIEWS + a->old_restores.count - 1
               - order_of_restored(&a->old_restores, &a->old_routines, r);
    return CLEAR_ROUTINES + DEFINITION_ORDER_END
           - order_of_definition(&a->old_routines, r);
}

/* What stands on a table goes first, what tables need goes last.  A routine that makes
 * room for another of its name goes as soon as nothing holds on to it. */
static struct action *
drop_action(struct alter *a, const struct change *c)
{
    const struct definition *r = c->old.definition;

    if (!slice_is_none(r->table) || slice_is(r->kind, "index")
        || r->detail == DETAIL_STATISTICS)
        return alter_action(a, PHASE_CLEAR, CLEAR_TRIGGERS, c);
    if (r->detail == DETAIL_ROUTINE && map_has(&a->going, r->name))
        return alter_action(a, PHASE_CLEAR, order_of_going(a, r), c);
    if (r->detail == DETAIL_ROUTINE && definition_takes_views(a->r->from, r))
        return alter_action(a, PHASE_CLEAR, CLEAR_ROUTINES, c);
    if (r->detail == DETAIL_ROUTINE && definition_stage(a->r->from, r) == STAGE_ROWS)
        return alter_action(a, PHASE_SHRINK, 0, c); /* before the tables */
    if (r->detail == DETAIL_ROUTINE && map_has(&a->read_names, r->name))
        return alter_action(a, PHASE_RESTORE,
                            alter_restore_end(a) + DEFINITION_ORDER_END
                                + alter_code_order(a, r, false),
                            c);
    return alter_action(a, PHASE_SHRINK, alter_code_order(a, r, false), c);
}

bool
alter_goes_with_its_owner(const struct alter *a, const struct definition *d)
{
    const struct table *old;
    const struct column *column;

    if (!postgres_has_owner(d))
        return false;
    old = catalog_find_table(a->r->from, d->u.sequence->owner_schema,
                             d->u.sequence->owner_table);
    column = old == NULL ? NULL : table_find_column(old, d->u.sequence->owner_column);
    return column != NULL && alter_column_then(a, old, column) == NULL;
}

/* ALTER of an object that is kept whole, and that goes itself. */
static bool
goes_with_what_it_alters(struct alter *a, const struct definition *d)
{
    struct slice key;

    if (!slice_starts(d->kind, "alter ") || slice_is_none(d->name))
        return false;
    key = whole_key(a, slice_sub(d->kind, strlen("alter "), d->kind.len), d);
    return map_has(&a->old_whole, key) && !map_has(&a->new_whole, key);
}

void
alter_drop_definition(struct alter *a, const struct change *c)
{
    const struct definition *r = c->old.definition;
    struct slice text = alter_drop_text(a, r);
    struct definition then = *r;
    struct action *to;

    if (r->detail == DETAIL_COMMENT) {
        drop_comment(a, c);
        return;
    }
    if (r->detail == DETAIL_ROLE) {
        alter_leave_role(a, c);
        return;
    }
    if (alter_goes_with_its_owner(a, r) || alter_serial_takes(a, r)
        || goes_with_what_it_alters(a, r) || online_counts_by(a, r))
        return;
    if (order_domain_waits(&a->old_routines, r))
        drop_waiting_checks(a, c);
    if (slice_is_none(text)) {
        alter_refuse(a, c,
                     "objects of this kind are kept as text, and there is no telling how "
                     "to drop it; do it in a @migrate section");
        return;
    }
    to = drop_action(a, c);
    if (to->phase != PHASE_CLEAR && alter_in_names_then(a, &then))
        text = alter_drop_text(a, &then);
    alter_sql(a, to, text);
    if (slice_is(r->kind, "table"))
        alter_loses(to, slice_format(&a->s->arena, "table %.*s", SLICE_ARG(r->name)),
                    slice_format(&a->s->arena, "SELECT count(*) FROM %.*s",
                                 SLICE_ARG(alter_name(a, r->schema, r->name))));
}

static bool
is_routine(const struct definition *r)
{
    return slice_is(r->kind, "function") || slice_is(r->kind, "procedure")
           || slice_is(r->kind, "aggregate");
}

/* Nothing but a table holds on to these, and it does not need them meanwhile. */
static bool
stands_alone(const struct definition *r)
{
    return slice_is(r->kind, "trigger") || slice_is(r->kind, "policy")
           || slice_is(r->kind, "rule") || slice_is(r->kind, "comment")
           || slice_is(r->kind, "statistics") || slice_is(r->kind, "event trigger")
           || slice_is(r->kind, "index") /* of a materialized view */
           || slice_is(r->kind, "publication");
}

void
alter_definitions(struct alter *a, const struct change *c)
{
    const struct definition *d =
        c->new.definition != NULL ? c->new.definition : c->old.definition;

    if (d->detail == DETAIL_GRANT) {
        return; /* alter_grants has them all */
    } else if (c->kind == CHANGE_CREATE_DEFINITION) {
        alter_make_definition(a, c);
    } else if (c->kind == CHANGE_DROP_DEFINITION) {
        alter_drop_definition(a, c);
    } else if (c->kind == CHANGE_RENAME_DEFINITION) {
        alter_rename_definition(a, c);
    } else if (alter_definition_in_place(a, c)) {
        return;
    } else if (c->kind == CHANGE_REPLACE_DEFINITION && is_routine(c->new.definition)) {
        alter_replace_code(a, c);
    } else if (c->kind == CHANGE_REPLACE_DEFINITION && stands_alone(c->old.definition)) {
        if (alter_replace_in_place(a, c))
            return;
        if (d->detail != DETAIL_COMMENT)
            alter_drop_definition(a, c);
        alter_make_definition(a, c);
    } else if (c->kind == CHANGE_REPLACE_DEFINITION) {
        alter_refuse(a, c,
                     "objects of this kind are kept as text, and other objects may "
                     "hold on to the old one; change it in a @migrate section");
    }
}
