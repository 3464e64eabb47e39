/*
 * --keep on SQLite: values are parked before anything else, and come back as the values
 * that columns have on the way back (values.c asks here first).  All is part of the one
 * transaction of the version.
 *
 * The value of a column that went, for a row of t:
 *
 *     (SELECT schemac_k.phone FROM schemac_kept_1_1_0_t AS schemac_k
 *      WHERE schemac_k.id = t.id)
 *
 * One that was written anew (@from) has its old value back only where it is still what it
 * became, which quote() tells with its type; else it is converted back.
 */
#include "dialect/sqlite/alter.h"

/* ---- what is lost ---- */

static bool
has_from(const struct keep_column *c, const struct keep_side *side)
{
    return lite_from(side->older, side->newer, c->older, c->newer) != NULL;
}

/* True for texts that the way back spells otherwise; NULL: none. */
static const struct expr *
respelt(struct arena *a, const struct keep_column *c, const struct keep_side *side)
{
    return lite_respelt(a, side->older, c->older, side->newer, c->newer);
}

static bool
is_rewritten(struct arena *a, const struct changes *changes, const struct keep_column *c,
             const struct keep_side *side)
{
    (void)changes; /* it has no domains */
    return has_from(c, side) || respelt(a, c, side) != NULL;
}

static const char *
obstacle(const struct catalog *older, const struct keep_side *side)
{
    (void)older;
    (void)side;
    return NULL;
}

/* SQLite lets NULL into a primary key that is not the rowid. */
static bool
is_never_null(const struct table *t, const struct column *c)
{
    return c->not_null || table_rowid_column(t) == c
           || (t->without_rowid && t->primary_key != NULL
               && column_is_in(&t->primary_key->keys, c->name));
}

static const struct keep_rules rules = { is_rewritten, obstacle, is_never_null };

void
lite_keep_begin(struct lite_alter *x)
{
    const struct catalog *older = x->r->down ? x->r->to : x->r->from;

    keep_find(x->s, &rules, x->r->keep, older, x->r->changes, x->r->down, &x->sides);
}

/* ---- texts ---- */

static struct slice
quoted(struct lite_alter *x, struct slice name)
{
    return lite_quoted(&x->s->arena, name);
}

static struct slice
string(struct lite_alter *x, struct slice text)
{
    return lite_expr_text(&x->s->arena, lite_string(&x->s->arena, text));
}

/* What the newer column is called on the way back: renames are done by LITE_NOW. */
static struct slice
name_then(const struct keep_side *side, const struct column *older, enum lite_when when)
{
    return when == LITE_NOW ? older->name : keep_newer_column(side, older)->name;
}

/* "side AS schemac_k WHERE k.a = t.a AND k.b = t.b", where t has the names of `when` */
static struct slice
rows_of_key(struct lite_alter *x, const struct keep_side *side, enum lite_when when)
{
    struct slice table =
        quoted(x, when == LITE_NOW ? side->older->name : side->newer->name);
    struct text out;

    text_init(&out, &x->s->arena);
    text_addf(&out, "%.*s AS schemac_k WHERE ", SLICE_ARG(quoted(x, side->name)));
    VEC_EACH (i, &side->keys)
        text_addf(&out, "%s%.*s.%.*s = schemac_k.%.*s", i > 0 ? " AND " : "",
                  SLICE_ARG(table),
                  SLICE_ARG(quoted(x, name_then(side, side->keys.items[i], when))),
                  SLICE_ARG(quoted(x, side->keys.items[i]->name)));
    return text_slice(&out);
}

/* True where the row is parked and the column is still what it became. */
static struct slice
is_as_left(struct lite_alter *x, const struct keep_side *side,
           const struct keep_column *c, enum lite_when when)
{
    struct slice rows = rows_of_key(x, side, when);
    struct slice table =
        quoted(x, when == LITE_NOW ? side->older->name : side->newer->name);

    if (c->newer == NULL)
        return slice_format(&x->s->arena, "EXISTS (SELECT 1 FROM %.*s)", SLICE_ARG(rows));
    return slice_format(&x->s->arena,
                        "EXISTS (SELECT 1 FROM %.*s AND schemac_k.%.*s = "
                        "quote(%.*s.%.*s))",
                        SLICE_ARG(rows), SLICE_ARG(quoted(x, c->now)), SLICE_ARG(table),
                        SLICE_ARG(quoted(x, name_then(side, c->older, when))));
}

/* ---- the way back: values ---- */

const struct keep_side *
lite_keeps(const struct lite_alter *x, const struct table *older, const struct column *c)
{
    return keep_of_column(&x->sides, older, c);
}

/* `otherwise`: for rows that are not parked; NULL: they get NULL. */
const struct expr *
lite_kept_value(struct lite_alter *x, const struct lite_work *w, const struct column *c,
                const struct expr *otherwise, enum lite_when when)
{
    struct arena *a = &x->s->arena;
    const struct keep_side *side = lite_keeps(x, w->new, c);
    const struct keep_column *column;
    struct slice value;

    if (!x->r->down || side == NULL)
        return NULL;
    column = keep_find_column(side, c);
    value = slice_format(a, "(SELECT schemac_k.%.*s FROM %.*s)",
                         SLICE_ARG(quoted(x, c->name)),
                         SLICE_ARG(rows_of_key(x, side, when)));
    if (otherwise != NULL)
        value = slice_format(a, "(CASE WHEN %.*s THEN %.*s ELSE %.*s END)",
                             SLICE_ARG(is_as_left(x, side, column, when)),
                             SLICE_ARG(value), SLICE_ARG(lite_expr_text(a, otherwise)));
    return expr_leaf(a, EXPR_VERBATIM, SPAN_NONE, value);
}

/* Behind a condition on rows that do not get their old value back: " AND NOT …". */
struct slice
lite_but_kept(struct lite_alter *x, const struct lite_work *w, const struct column *c,
              enum lite_when when)
{
    const struct keep_side *side = x->r->down ? lite_keeps(x, w->new, c) : NULL;

    if (side == NULL)
        return SLICE("");
    return slice_format(&x->s->arena, " AND NOT %.*s",
                        SLICE_ARG(is_as_left(x, side, keep_find_column(side, c), when)));
}

const struct keep_side *
lite_brings_back(const struct lite_alter *x, const struct table *t)
{
    const struct keep_side *side = x->r->down ? keep_of_table(&x->sides, t) : NULL;

    return side != NULL && side->newer == NULL && side->is_there ? side : NULL;
}

/* ---- the way up: parking ---- */

static void
add_registry(struct lite_alter *x, const struct keep_side *side, struct action *a,
             struct slice counted)
{
    const struct keep_request *r = x->r->keep;
    struct slice until =
        r->days == 0 ? SLICE("NULL")
                     : slice_format(&x->s->arena, "datetime('now', '+%u days')", r->days);
    const struct column *counter =
        side->newer == NULL ? table_rowid_column(side->older) : NULL;
    struct slice count = SLICE("NULL");

    if (counter != NULL && counter->identity != IDENTITY_NONE)
        count = slice_format(&x->s->arena,
                             "(SELECT seq FROM sqlite_sequence WHERE name = %.*s)",
                             SLICE_ARG(string(x, side->older->name)));
    lite_sql(x->s, a,
             "CREATE TABLE IF NOT EXISTS " KEEP_REGISTRY " (\n"
             "    side TEXT PRIMARY KEY,\n"
             "    schema TEXT NOT NULL,\n"
             "    version TEXT NOT NULL,\n"
             "    what TEXT NOT NULL,\n"
             "    row_count INTEGER NOT NULL,\n"
             "    counter INTEGER,\n"
             "    kept_at TEXT NOT NULL,\n"
             "    keep_until TEXT,\n"
             "    migration INTEGER\n"
             ")");
    lite_sql(x->s, a,
             "INSERT INTO " KEEP_REGISTRY
             " (side, schema, version, what, row_count, counter, kept_at, keep_until) "
             "SELECT %.*s, %.*s, %.*s, %.*s, count(*), %.*s, datetime('now'), %.*s FROM "
             "%.*s",
             SLICE_ARG(string(x, side->name)), SLICE_ARG(string(x, r->schema)),
             SLICE_ARG(string(x, r->version)),
             SLICE_ARG(string(x, keep_what(&x->s->arena, side))), SLICE_ARG(count),
             SLICE_ARG(until), SLICE_ARG(quoted(x, counted)));
}

static struct slice
value_names(struct lite_alter *x, const struct keep_side *side)
{
    struct text out;

    text_init(&out, &x->s->arena);
    VEC_EACH (i, &side->keys)
        text_addf(&out, "%s%.*s", out.len > 0 ? ", " : "",
                  SLICE_ARG(quoted(x, side->keys.items[i]->name)));
    VEC_EACH (i, &side->columns)
        text_addf(&out, "%s%.*s", out.len > 0 ? ", " : "",
                  SLICE_ARG(quoted(x, side->columns.items[i].older->name)));
    return text_slice(&out);
}

/* In the order of the rowids, which a table without a key of its own has again then. */
static struct slice
in_order(const struct table *t)
{
    const char *rowid = lite_rowid_name(t, t);

    if (t->without_rowid || rowid == NULL)
        return SLICE("");
    return slice_from(rowid);
}

static void
tell_parked(struct lite_alter *x, const struct keep_side *side, struct action *a)
{
    struct arena *arena = &x->s->arena;

    a->scans = true;
    a->parks = slice_format(arena, "%.*s in %.*s", SLICE_ARG(keep_what(arena, side)),
                            SLICE_ARG(side->name));
    VEC_PUSH(arena, &a->preconditions,
             slice_format(arena,
                          "SELECT name FROM sqlite_schema WHERE type = 'table' AND "
                          "name = %.*s COLLATE NOCASE",
                          SLICE_ARG(string(x, side->name))));
    VEC_PUSH(arena, &a->precondition_titles,
             slice_format(arena,
                          "%.*s is there from an earlier time (schemac migrate forget)",
                          SLICE_ARG(side->name)));
    a->postcondition = lite_exists_query(arena, "table", side->name, true);
}

static void
park(struct lite_alter *x, const struct keep_side *side)
{
    struct arena *arena = &x->s->arena;
    struct table *t = keep_as_table(x->s, side);
    struct slice names = value_names(x, side);
    struct slice order = side->newer == NULL ? in_order(side->older) : SLICE("");
    struct slice what = keep_what(arena, side);
    struct action *a = lite_action(x->s, x->out, PHASE_CLEAR, side->older->name,
                                   "keep %.*s", SLICE_ARG(what));

    action_makes_way_for_all(arena, a, &side->occasions);
    VEC_PUSH(arena, &a->sql, lite_create_table(arena, t, t->name));
    lite_sql(x->s, a, "INSERT INTO %.*s (%.*s) SELECT %.*s FROM %.*s%s%.*s",
             SLICE_ARG(quoted(x, side->name)), SLICE_ARG(names), SLICE_ARG(names),
             SLICE_ARG(quoted(x, side->older->name)), order.len > 0 ? " ORDER BY " : "",
             SLICE_ARG(order));
    add_registry(x, side, a, side->name);
    tell_parked(x, side, a);
    lite_reason(x->s, a,
                "With --keep what goes is copied first, so that the way back has it.");
}

/* ---- the way up: a table as it is ---- */

/* A foreign key of its own would go on holding on to other tables' rows; a data step may
 * take its rows. */
static bool
is_moved(const struct lite_alter *x, const struct keep_side *side)
{
    if (side->newer != NULL || !side->is_there || x->r->down || x->r->has_data_step)
        return false;
    VEC_EACH (i, &side->older->constraints)
        if (side->older->constraints.items[i]->kind == CONSTRAINT_FOREIGN_KEY)
            return false;
    return true;
}

/* What would be in the way of a name, or run where nobody writes any more. */
static void
free_names(struct lite_alter *x, const struct table *t, struct action *a)
{
    VEC_EACH (i, &x->r->from->indexes)
        if (x->r->from->indexes.items[i]->table == t)
            lite_sql(x->s, a, "DROP INDEX IF EXISTS %.*s",
                     SLICE_ARG(quoted(x, x->r->from->indexes.items[i]->name)));
    VEC_EACH (i, &x->r->from->definitions) {
        const struct definition *d = x->r->from->definitions.items[i];

        if (lite_is_trigger(d) && !slice_is_none(d->table)
            && slice_equal(d->table, t->name))
            lite_sql(x->s, a, "DROP TRIGGER IF EXISTS %.*s",
                     SLICE_ARG(quoted(x, d->name)));
    }
}

/* In the old way of renaming, which leaves all else that says the name alone. */
static void
move(struct lite_alter *x, const struct keep_side *side, struct action *a)
{
    const struct table *t = side->older;

    a->sql.count = 0;
    a->title = slice_format(&x->s->arena, "keep table %.*s", SLICE_ARG(t->name));
    free_names(x, t, a);
    add_registry(x, side, a, t->name);
    lite_sql(x->s, a, "PRAGMA legacy_alter_table = ON");
    lite_sql(x->s, a, "ALTER TABLE %.*s RENAME TO %.*s", SLICE_ARG(quoted(x, t->name)),
             SLICE_ARG(quoted(x, side->name)));
    lite_sql(x->s, a, "PRAGMA legacy_alter_table = OFF");
    tell_parked(x, side, a);
    lite_reason(x->s, a,
                "With --keep the table stays under another name, without its indexes and "
                "triggers: no row is written.");
}

/* What each value became, so that the way back knows which rows were written since. */
static void
note_outcome(struct lite_alter *x, const struct keep_side *side)
{
    struct text sets;
    struct text rows;
    struct action *a;

    text_init(&sets, &x->s->arena);
    text_init(&rows, &x->s->arena);
    VEC_EACH (i, &side->keys)
        text_addf(
            &rows, "%st.%.*s = %.*s.%.*s", i > 0 ? " AND " : "",
            SLICE_ARG(quoted(x, keep_newer_column(side, side->keys.items[i])->name)),
            SLICE_ARG(quoted(x, side->name)),
            SLICE_ARG(quoted(x, side->keys.items[i]->name)));
    VEC_EACH (i, &side->columns) {
        const struct keep_column *c = &side->columns.items[i];

        if (c->newer == NULL)
            continue;
        text_addf(&sets, "%s%.*s = (SELECT quote(t.%.*s) FROM %.*s AS t WHERE %.*s)",
                  sets.len > 0 ? ", " : "", SLICE_ARG(quoted(x, c->now)),
                  SLICE_ARG(quoted(x, c->newer->name)),
                  SLICE_ARG(quoted(x, side->newer->name)), SLICE_ARG(text_slice(&rows)));
    }
    if (sets.len == 0)
        return;
    a = lite_action(x->s, x->out, PHASE_SETTLE, side->newer->name,
                    "note what %.*s became", SLICE_ARG(keep_what(&x->s->arena, side)));
    action_makes_way_for_all(&x->s->arena, a, &side->occasions);
    lite_sql(x->s, a, "UPDATE %.*s SET %.*s", SLICE_ARG(quoted(x, side->name)),
             SLICE_ARG(text_slice(&sets)));
    a->scans = true;
    lite_reason(x->s, a,
                "The way back gives the old value to rows that still have this one; what "
                "was written since is converted.");
}

static void
tell_obstacle(struct lite_alter *x, const struct keep_side *side, struct action *a)
{
    struct slice sentence;

    if (x->r->keep == NULL || side == NULL || side->obstacle == NULL)
        return;
    sentence = slice_format(&x->s->arena, "It is not kept: %s.", side->obstacle);
    if (a->reasons.count == 0
        || !slice_equal(a->reasons.items[a->reasons.count - 1], sentence))
        VEC_PUSH(&x->s->arena, &a->reasons, sentence);
}

bool
lite_parks(struct lite_alter *x, const struct table *old, const struct column *c,
           struct action *a)
{
    if (x->r->down)
        return false;
    tell_obstacle(x, keep_of_table(&x->sides, old), a);
    return lite_keeps(x, old, c) != NULL;
}

void
lite_drops_parked(struct lite_alter *x, const struct table *old, struct action *a)
{
    const struct keep_side *side = x->r->down ? NULL : keep_of_table(&x->sides, old);

    tell_obstacle(x, side, a);
    if (side == NULL || !side->is_there)
        return;
    a->hazards &= ~(uint32_t)HAZARD_DATA_LOSS;
    a->loss = SLICE_NONE;
    a->stake = SLICE_NONE;
    if (is_moved(x, side))
        move(x, side, a);
}

/* ---- the way back: tables, and the end ---- */

/* AUTOINCREMENT goes on where it was; a table without rows has no counter yet. */
static void
bring_counter(struct lite_alter *x, const struct keep_side *side, struct action *a)
{
    const struct column *c = table_rowid_column(side->older);
    struct slice name = string(x, side->older->name);

    if (c == NULL || c->identity == IDENTITY_NONE)
        return;
    lite_sql(x->s, a, "DELETE FROM sqlite_sequence WHERE name = %.*s", SLICE_ARG(name));
    lite_sql(
        x->s, a,
        "INSERT INTO sqlite_sequence (name, seq) SELECT %.*s, counter FROM " KEEP_REGISTRY
        " WHERE side = %.*s AND counter IS NOT NULL",
        SLICE_ARG(name), SLICE_ARG(string(x, side->name)));
}

static void
bring_rows(struct lite_alter *x, const struct keep_side *side)
{
    struct slice names = value_names(x, side);
    struct slice order = in_order(side->older);
    struct action *a =
        lite_action(x->s, x->out, PHASE_FILL, side->older->name,
                    "bring back the rows of %.*s", SLICE_ARG(side->older->name));

    lite_sql(x->s, a, "INSERT INTO %.*s (%.*s) SELECT %.*s FROM %.*s%s%.*s",
             SLICE_ARG(quoted(x, side->older->name)), SLICE_ARG(names), SLICE_ARG(names),
             SLICE_ARG(quoted(x, side->name)), order.len > 0 ? " ORDER BY " : "",
             SLICE_ARG(order));
    bring_counter(x, side, a);
    action_makes_way_for_all(&x->s->arena, a, &side->occasions);
    a->scans = true;
    a->fills_new_tables = true;
    lite_reason(x->s, a, "They were kept in %.*s when the table went.",
                SLICE_ARG(side->name));
}

static void
end_keeping(struct lite_alter *x, const struct keep_side *side)
{
    struct slice what = keep_what(&x->s->arena, side);
    struct action *a = lite_action(x->s, x->out, PHASE_SETTLE, side->older->name,
                                   "drop %.*s", SLICE_ARG(side->name));

    action_makes_way_for_all(&x->s->arena, a, &side->occasions);
    lite_sql(x->s, a, "DROP TABLE %.*s", SLICE_ARG(quoted(x, side->name)));
    lite_sql(x->s, a, "DELETE FROM " KEEP_REGISTRY " WHERE side = %.*s",
             SLICE_ARG(string(x, side->name)));
    a->side = side->name;
    a->restores = slice_format(&x->s->arena, "%.*s out of %.*s", SLICE_ARG(what),
                               SLICE_ARG(side->name));
    a->postcondition = lite_exists_query(&x->s->arena, "table", side->name, false);
    lite_reason(x->s, a, "What it kept is where it was.");
}

/* ---- what is not kept ---- */

/* Is the value another one when it has gone there and back? */
static struct slice
is_taken(struct lite_alter *x, const struct keep_side *side, const struct keep_column *c)
{
    struct arena *a = &x->s->arena;
    struct slice name = quoted(x, c->older->name);
    struct slice then;

    if (c->newer == NULL)
        return slice_format(a, "%.*s IS NOT NULL", SLICE_ARG(name));
    if (!has_from(c, side))
        return lite_expr_text(a, respelt(a, c, side));
    then = lite_from_text(x, side->older, side->newer, c->older, c->newer);
    return slice_format(a, "%.*s IS NOT %.*s", SLICE_ARG(name), SLICE_ARG(then));
}

static void
add_taken(struct lite_alter *x, const struct keep_side *side, const struct keep_column *c,
          struct text *out)
{
    if (keep_is_missing(side, c))
        text_addf(out, "%s%.*s", out->len > 0 ? " OR " : "",
                  SLICE_ARG(is_taken(x, side, c)));
}

/* Rows whose value is another one then.  None on the way back: what is gone cannot be
 * counted. */
static struct slice
ask_for_taken(struct lite_alter *x, const struct keep_side *side)
{
    struct arena *a = &x->s->arena;
    struct slice table = quoted(x, side->older->name);
    struct text rows;

    text_init(&rows, a);
    if (x->r->down)
        return SLICE_NONE;
    if (side->newer == NULL)
        return slice_format(a, "SELECT count(*) FROM %.*s", SLICE_ARG(table));
    VEC_EACH (i, &side->columns)
        add_taken(x, side, &side->columns.items[i], &rows);
    return slice_format(a, "SELECT count(*) FROM %.*s WHERE %.*s", SLICE_ARG(table),
                        SLICE_ARG(text_slice(&rows)));
}

void
lite_keep_end(struct lite_alter *x)
{
    VEC_EACH (i, &x->sides.all) {
        const struct keep_side *side = x->sides.all.items[i];

        if (is_moved(x, side))
            continue; /* who drops it has done it */
        if (side->is_there && !x->r->down) {
            park(x, side);
            note_outcome(x, side);
        } else if (side->is_there) {
            if (side->newer == NULL)
                bring_rows(x, side);
            end_keeping(x, side);
        } else {
            keep_tell_missing(&x->s->arena, side, ask_for_taken(x, side), x->out);
        }
    }
}
