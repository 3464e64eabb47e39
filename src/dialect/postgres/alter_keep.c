/*
 * --keep on PostgreSQL.  Columns that go while others use their table are parked beside
 * it (alter_online_keep.c); a table that goes becomes its side table as it is
 * (alter_keep_move.c).  All else is copied in the transaction in which it goes, so
 * that nothing written meanwhile is missed.  That transaction begins the copy with a lock
 * that lets others read (SHARE ROW EXCLUSIVE); it takes a scan of the table, which a plan
 * for tables in use names as a hazard.
 *
 * Where the tables are in use, that copy stands right before what changes structure
 * (PHASE_TIGHTEN), behind the transactions of data steps and batches; else before those,
 * at the end of PHASE_GROW.  By then all names are the new ones.
 */
#include "dialect/postgres/alter_keep.h"

/* ---- what is lost ---- */

bool
alter_converts_one_way(const struct type *older, const struct type *newer)
{
    return alter_loses_digits(older, newer) || alter_respells(older, newer);
}

static bool
is_rewritten(struct arena *a, const struct changes *changes, const struct keep_column *c,
             const struct keep_side *side)
{
    const struct type *older = diff_stored(changes, &c->older->type);
    const struct type *newer = diff_stored(changes, &c->newer->type);

    (void)a;
    (void)side;
    if (type_equal(&c->older->type, &c->newer->type))
        return false; /* NULLs that @from fills: see docs/limits.md */
    return c->newer->from != NULL || alter_converts_one_way(older, newer);
}

static bool
becomes_generated(const struct keep_side *side)
{
    VEC_EACH (i, &side->columns) {
        const struct keep_column *c = &side->columns.items[i];

        if (c->newer == NULL && keep_newer_column(side, c->older) != NULL)
            return true;
    }
    return false;
}

static bool
counts_always(const struct keep_side *side)
{
    VEC_EACH (i, &side->columns)
        if (side->columns.items[i].older->identity == IDENTITY_ALWAYS)
            return side->newer != NULL;
    return false;
}

static bool
is_parent(const struct catalog *c, const struct table *t)
{
    VEC_EACH (i, &c->tables) {
        const struct table *other = c->tables.items[i];

        VEC_EACH (k, &other->parents.all)
            if (other->bound == NULL
                && slice_equal(other->parents.all.items[k].name, t->name))
                return true;
    }
    return false;
}

/* Its rows are in the copy of the whole, where that goes too. */
static const char *
obstacle(const struct catalog *older, const struct keep_side *side)
{
    const struct table *t = side->older;

    if (t->bound == NULL && (t->parents.all.count > 0 || is_parent(older, t)))
        return "the table has a share in INHERITS";
    if (t->force_row_security)
        return "row-level security is forced on its owner, who would copy some rows only";
    if (side->columns.count == 0)
        return "the table has no columns";
    if (side->newer != NULL && becomes_generated(side))
        return "a column becomes a generated one";
    if (side->newer != NULL && counts_always(side))
        return "a column that is GENERATED ALWAYS takes no value from outside";
    return NULL;
}

static bool
is_never_null(const struct table *t, const struct column *c)
{
    (void)t;
    return c->not_null;
}

static const struct keep_rules rules = { is_rewritten, obstacle, is_never_null };

/* A partition of a table that goes as well: the whole has its rows, but for one that
 * leaves it before they are looked at. */
static bool
is_part_of_parked(const struct alter *a, const struct keep_side *side)
{
    if (side->newer != NULL && alter_changes_parents(a, side->newer))
        return false;

    VEC_EACH (i, &side->older->parents.all) {
        const struct relation_name *p = &side->older->parents.all.items[i];
        const struct keep_side *whole =
            map_get(&a->sides.by_table, catalog_key(&a->s->arena, p->schema, p->name));

        if (side->older->bound != NULL && whole != NULL
            && (whole->newer == NULL || side->newer != NULL))
            return true;
    }
    return false;
}

void
alter_keep_begin(struct alter *a)
{
    const struct catalog *older = a->r->down ? a->r->to : a->r->from;

    keep_find(a->s, &rules, a->r->keep, older, a->r->changes, a->r->down, &a->sides);
}

/* ---- texts ---- */

/* And back: "schemac_k.c" or "schemac_k.c::mood". */
static struct slice
as_given(struct alter *a, const struct column *c)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_type(&st.w, &c->type);
    if (!side_keeps_as_text(&c->type))
        return slice_format(&a->s->arena, "schemac_k.%.*s",
                            SLICE_ARG(alter_ident(a, c->name)));
    return slice_format(&a->s->arena, "CAST(schemac_k.%.*s AS %.*s)",
                        SLICE_ARG(alter_ident(a, c->name)), SLICE_ARG(postgres_end(&st)));
}

static struct slice
rows_of_key(struct alter *a, const struct keep_side *side)
{
    return slice_format(&a->s->arena, "%.*s AS schemac_k WHERE %.*s",
                        SLICE_ARG(side_full_name(a, side)),
                        SLICE_ARG(side_same_key(a, side, side_table(a, side), false)));
}

/* The value as text that does not depend on the session's settings; never NULL. */
static struct slice
outcome(struct alter *a, struct slice table, const struct column *c)
{
    bool has_zone = c->type.kind == TYPE_TIMESTAMPTZ && c->type.dimensions == 0;

    return slice_format(&a->s->arena, "quote_nullable(to_jsonb(%.*s.%.*s%s)::text)",
                        SLICE_ARG(table), SLICE_ARG(alter_ident(a, c->name)),
                        has_zone ? " AT TIME ZONE 'UTC'" : "");
}

/* ---- the way up ---- */

static void
fill_side(struct alter *a, const struct keep_side *side, struct action *to)
{
    struct slice table = side_table(a, side);
    struct text names;
    struct text values;

    text_init(&names, &a->s->arena);
    text_init(&values, &a->s->arena);
    for (size_t i = 0; i < side->keys.count + side->columns.count; i++) {
        const struct column *c = i < side->keys.count
                                     ? side->keys.items[i]
                                     : side->columns.items[i - side->keys.count].older;

        text_addf(&names, "%s%.*s", i > 0 ? ", " : "",
                  SLICE_ARG(alter_ident(a, c->name)));
        text_addf(&values, "%s%.*s", i > 0 ? ", " : "",
                  SLICE_ARG(side_value(a, table, c, side_column(a, side, c))));
    }
    alter_sql(a, to,
              slice_format(&a->s->arena, "INSERT INTO %.*s (%.*s) SELECT %.*s FROM %.*s",
                           SLICE_ARG(side_full_name(a, side)),
                           SLICE_ARG(text_slice(&names)),
                           SLICE_ARG(text_slice(&values)),
                           SLICE_ARG(side_qualified_table(a, side))));
}

static void
park_at_once(struct alter *a, const struct keep_side *side, const char *why_not)
{
    struct slice what = keep_what(&a->s->arena, side);
    struct action *to =
        side_action(a, a->r->online ? PHASE_TIGHTEN : PHASE_GROW,
                    a->r->online ? TIGHTEN_NUMBERS : alter_columns_order(a) + 2, side,
                    slice_format(&a->s->arena, "keep %.*s", SLICE_ARG(what)));

    alter_sql(a, to,
              slice_format(&a->s->arena, "LOCK TABLE %.*s IN SHARE ROW EXCLUSIVE MODE",
                           SLICE_ARG(side_qualified_table(a, side))));
    alter_sql(a, to, side_create(a, side));
    fill_side(a, side, to);
    side_register(a, side, to, side_full_name(a, side));
    side_keep_counter(a, side, to);
    to->scans = true;
    to->lock = "SHARE ROW EXCLUSIVE";
    if (a->r->online)
        to->hazards |= HAZARD_LONG_LOCK;
    to->parks = slice_format(&a->s->arena, "%.*s in %.*s", SLICE_ARG(what),
                             SLICE_ARG(side->name));
    side_require_none(a, side, to);
    alter_reason(
        a, to,
        "With --keep what goes is copied first, in the same transaction, so that "
        "the way back has all of it.");
    if (why_not != NULL)
        VEC_PUSH(&a->s->arena, &to->reasons,
                 slice_format(&a->s->arena, "Not %s: %s.",
                              side->newer == NULL ? "by another name for the table"
                                                  : "beforehand, while others write",
                              why_not));
}

static void
park(struct alter *a, const struct keep_side *side)
{
    const char *why_not;

    if (side->newer == NULL) {
        if (!side_is_moved(a, side, &why_not)) /* or who drops it has done it */
            park_at_once(a, side, why_not);
        return;
    }
    if (!online_park(a, side, &why_not))
        park_at_once(a, side, why_not);
}

static void
note_outcome(struct alter *a, const struct keep_side *side)
{
    struct text sets;
    struct action *to;

    text_init(&sets, &a->s->arena);
    VEC_EACH (i, &side->columns) {
        const struct keep_column *c = &side->columns.items[i];

        if (c->newer != NULL)
            text_addf(&sets, "%s%.*s = %.*s", sets.len > 0 ? ", " : "",
                      SLICE_ARG(alter_ident(a, c->now)),
                      SLICE_ARG(outcome(a, SLICE("t"), c->newer)));
    }
    if (sets.len == 0)
        return;
    to = side_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, side,
                     slice_format(&a->s->arena, "note what %.*s became",
                                  SLICE_ARG(keep_what(&a->s->arena, side))));
    alter_sql(a, to,
              slice_format(&a->s->arena,
                           "UPDATE %.*s AS schemac_k SET %.*s FROM %.*s AS t WHERE "
                           "%.*s",
                           SLICE_ARG(side_full_name(a, side)),
                           SLICE_ARG(text_slice(&sets)),
                           SLICE_ARG(side_qualified_table(a, side)),
                           SLICE_ARG(side_same_key(a, side, SLICE("t"), false))));
    to->lock = "ACCESS SHARE";
    to->scans = true;
    alter_reason(
        a, to,
        "The way back gives the old value to rows that still have this one; what "
        "was written since is converted.");
}

static void
tell_obstacle(struct alter *a, const struct keep_side *side, struct action *to)
{
    if (a->r->keep != NULL && side->obstacle != NULL)
        VEC_PUSH(&a->s->arena, &to->reasons,
                 slice_format(&a->s->arena, "It is not kept: %s.", side->obstacle));
}

bool
alter_parks(struct alter *a, const struct table *old, const struct column *c,
            struct action *to)
{
    const struct keep_side *side = a->r->down ? NULL : keep_of_table(&a->sides, old);

    if (side == NULL)
        return false;
    if (is_part_of_parked(a, side) && a->r->keep != NULL)
        return true;
    tell_obstacle(a, side, to);
    return side->is_there && (c == NULL || keep_find_column(side, c) != NULL);
}

bool
alter_moves_away(struct alter *a, const struct table *old, struct action *to)
{
    const struct keep_side *side = keep_of_table(&a->sides, old);
    const char *why_not;

    if (side == NULL || is_part_of_parked(a, side) || !side_is_moved(a, side, &why_not))
        return false;
    side_move(a, side, to);
    return true;
}

/* ---- the way back: columns ---- */

static const struct keep_side *
side_with(const struct alter *a, const struct table *older, const struct column *c)
{
    return a->r->down ? keep_of_column(&a->sides, older, c) : NULL;
}

bool
alter_gets_kept_value(const struct alter *a, const struct change *c)
{
    return c->kind == CHANGE_ADD_COLUMN
           && side_with(a, c->new.table, c->new.column) != NULL;
}

/* Rows that came since keep what the column gave them: its default. */
const struct expr *
alter_kept_value(struct alter *a, const struct change *c)
{
    struct arena *arena = &a->s->arena;
    const struct keep_side *side = side_with(a, c->new.table, c->new.column);
    struct slice rows = rows_of_key(a, side);
    struct slice value =
        slice_format(arena, "(SELECT %.*s FROM %.*s)",
                     SLICE_ARG(as_given(a, c->new.column)), SLICE_ARG(rows));

    if (alter_fills_itself(a, c->new.column)
        || c->new.column->identity != IDENTITY_NONE)
        value = slice_format(
            arena, "(CASE WHEN EXISTS (SELECT 1 FROM %.*s) THEN %.*s ELSE %.*s.%.*s END)",
            SLICE_ARG(rows), SLICE_ARG(value), SLICE_ARG(side_table(a, side)),
            SLICE_ARG(alter_ident(a, c->new.column->name)));
    return expr_leaf(arena, EXPR_VERBATIM, SPAN_NONE, value);
}

/* Asked beforehand, in the names of the newer version. */
void
alter_require_kept(struct alter *a, struct action *to, const struct change *c)
{
    const struct keep_side *side = side_with(a, c->new.table, c->new.column);
    struct slice sample = alter_sample(a, side->newer);
    struct slice table = alter_name(a, side->newer->schema, side->newer->name);

    alter_require(
        a, to,
        slice_format(&a->s->arena, "%.*s has rows and %.*s no value for them",
                     SLICE_ARG(side->newer->name), SLICE_ARG(c->new.column->name)),
        slice_format(
            &a->s->arena,
            "SELECT %.*s FROM %.*s WHERE NOT EXISTS (SELECT 1 FROM %.*s AS schemac_k "
            "WHERE %.*s)",
            SLICE_ARG(sample), SLICE_ARG(table), SLICE_ARG(side_full_name(a, side)),
            SLICE_ARG(side_same_key(a, side, alter_ident(a, side->newer->name), true))));
    alter_reason(a, to,
                 "Rows that came since the column went have no value for it, which is "
                 "NOT NULL and has no default.");
}

/* Before the types change: of which rows is the value still what it became? */
static void
mark_written(struct alter *a, const struct keep_side *side)
{
    struct action *to = side_action(
        a, PHASE_TIGHTEN, TIGHTEN_NUMBERS, side,
        slice_format(&a->s->arena, "look which rows of %.*s were written since",
                     SLICE_ARG(side->older->name)));
    struct slice key = side_same_key(a, side, SLICE("t"), false);

    VEC_EACH (i, &side->columns) {
        const struct keep_column *c = &side->columns.items[i];
        struct column then;

        if (c->newer == NULL)
            continue;
        then = *c->newer;
        then.name = c->older->name;
        alter_sql(a, to,
                  slice_format(&a->s->arena,
                               "UPDATE %.*s AS schemac_k SET %.*s = NULL WHERE NOT "
                               "EXISTS (SELECT 1 FROM %.*s AS t WHERE %.*s AND "
                               "schemac_k.%.*s = %.*s)",
                               SLICE_ARG(side_full_name(a, side)),
                               SLICE_ARG(alter_ident(a, c->now)),
                               SLICE_ARG(side_qualified_table(a, side)), SLICE_ARG(key),
                               SLICE_ARG(alter_ident(a, c->now)),
                               SLICE_ARG(outcome(a, SLICE("t"), &then))));
    }
    to->lock = "ACCESS SHARE";
    to->scans = true;
}

static void
give_back(struct alter *a, const struct keep_side *side)
{
    struct action *to =
        side_action(a, PHASE_TIGHTEN, TIGHTEN_KEPT, side,
                    slice_format(&a->s->arena, "bring back the old values of %.*s",
                                 SLICE_ARG(side->older->name)));
    struct slice table = side_qualified_table(a, side);
    struct slice rows = rows_of_key(a, side);

    to->lock = "ROW EXCLUSIVE";
    alter_hold_back(a, to, side->newer, side->older);
    VEC_EACH (i, &side->columns) {
        const struct keep_column *c = &side->columns.items[i];

        if (c->newer == NULL)
            continue;
        alter_sql(a, to,
                  slice_format(&a->s->arena,
                               "UPDATE %.*s SET %.*s = (SELECT %.*s FROM %.*s) WHERE "
                               "EXISTS (SELECT 1 FROM %.*s AND schemac_k.%.*s IS NOT "
                               "NULL)",
                               SLICE_ARG(table),
                               SLICE_ARG(alter_ident(a, c->older->name)),
                               SLICE_ARG(as_given(a, c->older)), SLICE_ARG(rows),
                               SLICE_ARG(rows), SLICE_ARG(alter_ident(a, c->now))));
    }
    alter_let_go(a, to, side->newer, side->older);
    to->rewrites = true;
    alter_reason(
        a, to,
        "A type is converted by an expression that cannot read another table, so "
        "the values follow it.");
}

static bool
has_rewritten(const struct keep_side *side)
{
    VEC_EACH (i, &side->columns)
        if (side->columns.items[i].newer != NULL)
            return true;
    return false;
}

/* ---- the way back: tables, and the end ---- */

const struct keep_side *
alter_brings_back(const struct alter *a, const struct table *t)
{
    const struct keep_side *side = a->r->down ? keep_of_table(&a->sides, t) : NULL;

    return side != NULL && side->newer == NULL && side->is_there ? side : NULL;
}

static void
bring_counters(struct alter *a, const struct keep_side *side, struct action *to)
{
    VEC_EACH (i, &side->older->columns) {
        const struct column *c = side->older->columns.items[i];

        if (c->identity != IDENTITY_NONE)
            alter_sql(a, to, postgres_catch_up(a->s, side->older, c, false));
        if (c == keep_counter(side->older))
            alter_sql(a, to,
                      slice_format(&a->s->arena,
                                   "SELECT setval(pg_get_serial_sequence(%.*s, %.*s), "
                                   "counter) FROM public." KEEP_REGISTRY
                                   " WHERE side = %.*s AND counter IS NOT NULL",
                                   SLICE_ARG(
                                       side_string(a, side_qualified_table(a, side))),
                                   SLICE_ARG(side_string(a, c->name)),
                                   SLICE_ARG(side_string(a, side->name))));
    }
}

static void
bring_rows(struct alter *a, const struct keep_side *side)
{
    struct action *to = side_action(
        a, PHASE_FILL, 1 + order_of_table(a->s, &a->new_order, side->older), side,
        slice_format(&a->s->arena, "bring back the rows of %.*s",
                     SLICE_ARG(side->older->name)));
    struct text names;
    struct text values;

    text_init(&names, &a->s->arena);
    text_init(&values, &a->s->arena);
    VEC_EACH (i, &side->columns) {
        const struct column *c = side->columns.items[i].older;

        text_addf(&names, "%s%.*s", i > 0 ? ", " : "",
                  SLICE_ARG(alter_ident(a, c->name)));
        text_addf(&values, "%s%.*s", i > 0 ? ", " : "", SLICE_ARG(as_given(a, c)));
    }
    alter_sql(a, to,
              slice_format(&a->s->arena,
                           "INSERT INTO %.*s (%.*s) OVERRIDING SYSTEM VALUE SELECT %.*s "
                           "FROM %.*s AS schemac_k",
                           SLICE_ARG(side_qualified_table(a, side)),
                           SLICE_ARG(text_slice(&names)), SLICE_ARG(text_slice(&values)),
                           SLICE_ARG(side_full_name(a, side))));
    bring_counters(a, side, to);
    to->lock = "ROW EXCLUSIVE";
    to->scans = true;
    VEC_PUSH(&a->s->arena, &to->reasons,
             slice_format(&a->s->arena, "They were kept in %.*s when the table went.",
                          SLICE_ARG(side->name)));
}

/* The last of all, in the transaction that ends the version. */
static void
end_keeping(struct alter *a, const struct keep_side *side)
{
    struct action *to =
        side_action(a, PHASE_SETTLE, SETTLE_CHOICES + 1, side,
                    slice_format(&a->s->arena, "drop %.*s", SLICE_ARG(side->name)));

    alter_sql(
        a, to,
        slice_format(&a->s->arena, "DROP TABLE %.*s",
                      SLICE_ARG(side_full_name(a, side))));
    alter_sql(a, to,
              slice_format(&a->s->arena,
                           "DELETE FROM public." KEEP_REGISTRY " WHERE side = %.*s",
                           SLICE_ARG(side_string(a, side->name))));
    to->lock = "ACCESS EXCLUSIVE";
    to->side = side->name;
    to->restores =
        slice_format(&a->s->arena, "%.*s out of %.*s",
                     SLICE_ARG(keep_what(&a->s->arena, side)), SLICE_ARG(side->name));
    alter_reason(a, to, "What it kept is where it was.");
}

static void
keep_back(struct alter *a, const struct keep_side *side)
{
    if (side->newer == NULL) {
        bring_rows(a, side);
    } else if (has_rewritten(side)) {
        mark_written(a, side);
        give_back(a, side);
    }
    end_keeping(a, side);
}

/* ---- what is not kept ---- */

/* Which rows have a value that is taken; false: the writer says that it comes back. */
static bool
add_taken(struct alter *a, const struct keep_side *side, const struct keep_column *c,
          struct text *out)
{
    if (!keep_is_missing(side, c))
        return false;
    if (out->len > 0)
        text_addz(out, " OR ");
    if (c->newer != NULL && c->newer->from == NULL)
        text_add(out, alter_is_rounded(a, c->older, &c->newer->type));
    else
        text_addf(out, "%.*s IS NOT NULL", SLICE_ARG(alter_ident(a, c->older->name)));
    return true;
}

/* None on the way back: what is gone cannot be counted. */
static struct slice
ask_for_taken(struct alter *a, const struct keep_side *side)
{
    struct slice table = alter_name(a, side->older->schema, side->older->name);
    struct text rows;

    text_init(&rows, &a->s->arena);
    if (a->r->down)
        return SLICE_NONE;
    if (side->newer == NULL)
        return slice_format(&a->s->arena, "SELECT count(*) FROM %.*s", SLICE_ARG(table));
    VEC_EACH (i, &side->columns)
        (void)add_taken(a, side, &side->columns.items[i], &rows);
    return slice_format(&a->s->arena, "SELECT count(*) FROM %.*s WHERE %.*s",
                        SLICE_ARG(table), SLICE_ARG(text_slice(&rows)));
}

void
alter_tell_missing(struct alter *a, struct slice what, struct slice stake)
{
    VEC_PUSH(&a->s->arena, &a->out->missing,
             ((struct not_returned){ what, a->r->down ? SLICE_NONE : stake }));
}

static void
tell_filled_nulls(struct alter *a, const struct change_side *older)
{
    struct arena *arena = &a->s->arena;
    struct slice table = alter_name(a, older->table->schema, older->table->name);
    struct slice column = alter_ident(a, older->column->name);

    alter_tell_missing(
        a,
        slice_format(arena, "the NULLs of %.*s.%.*s", SLICE_ARG(older->table->name),
                     SLICE_ARG(older->column->name)),
        slice_format(arena, "SELECT count(*) FROM %.*s WHERE %.*s %s", SLICE_ARG(table),
                     SLICE_ARG(column), alter_null_words(a, &older->column->type)));
}

/* What is written anew in place, and not kept: the label says so all the same. */
static void
tell_replaced(struct alter *a, const struct change *c)
{
    const struct change_side *older = a->r->down ? &c->new : &c->old;
    const struct change_side *newer = a->r->down ? &c->old : &c->new;

    if (c->kind == CHANGE_COLUMN_NULLABILITY && newer->column->not_null
        && newer->column->from != NULL
        && type_equal(&older->column->type, &newer->column->type))
        tell_filled_nulls(a, older);
    if (c->kind == CHANGE_ENUM_VALUES && newer->enum_type->maps.count > 0)
        alter_tell_missing(a,
                           slice_format(&a->s->arena,
                                        "the values of type %.*s that @map replaces",
                                        SLICE_ARG(older->enum_type->name)),
                           alter_ask_for_mapped(a, c));
    alter_tell_gone_attributes(a, c);
}

void
alter_keep_end(struct alter *a)
{
    VEC_EACH (i, &a->r->changes->all)
        tell_replaced(a, &a->r->changes->all.items[i]);
    VEC_EACH (i, &a->sides.all) {
        const struct keep_side *side = a->sides.all.items[i];

        if (is_part_of_parked(a, side))
            continue;
        if (!side->is_there) {
            keep_tell_missing(&a->s->arena, side, ask_for_taken(a, side), a->out);
        } else if (a->r->down) {
            keep_back(a, side);
        } else {
            park(a, side);
            note_outcome(a, side);
        }
    }
}
