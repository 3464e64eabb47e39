/*
 * Checks and NOT NULL changed in place, which SQLite can since 3.53 (lang_altertable of
 * its manual).
 *
 * Measured on 3.53.0, 3.53.2, 3.53.4 and 3.54.1, with rows:
 *
 *   - ADD CONSTRAINT and SET NOT NULL read all rows, and answer "constraint failed" where
 *     one breaks the rule; the text of the table is as it was then.  3.53 takes a check
 *     that is NULL for one that fails (measured on 3.53.0, 3.53.2 and 3.53.4), 3.54
 *     does not (dialect/never_null.h).
 *   - The text is put into sqlite_schema.sql as it was written: `, CONSTRAINT …` behind
 *     the last member of the table, also in STRICT tables, in those WITHOUT ROWID and
 *     behind comments; ` NOT NULL` at the end of the column.  So a check never stands on
 *     its column, and DROP COLUMN cannot take it along as it does the check of a type.
 *   - DROP CONSTRAINT takes the first one of the name, be it a NOT NULL, on a column or
 *     behind them, in whatever case.  3.53.0 does not find a name in quotes; 3.54 drops
 *     a foreign key, too.  PRIMARY KEY and UNIQUE "may not be dropped".
 *   - DROP NOT NULL takes its ON CONFLICT along, and is done where there is none.  In a
 *     key WITHOUT ROWID it changes the text only: NULL stays out.
 *   - All of it is done inside of a transaction, and undone with it; views and triggers
 *     are not asked, not even broken ones.
 *
 * What loosens runs before a data step, and what tightens behind it.
 */
#include "dialect/never_null.h"
#include "dialect/sqlite/alter.h"

#include <assert.h>

#define RULES_SINCE 3053
#define KEYS_SINCE 3054 /* and all names, and checks that may be NULL */

/* ---- which SQLite ---- */

int
lite_runs_on(const struct session *s)
{
    bool is_older = s->sqlite_linked != 0 && s->sqlite_linked < s->sqlite_version;

    return s->sqlite_version == 0 || is_older ? s->sqlite_linked : s->sqlite_version;
}

/* Where nothing says which, it may be one that lacks them. */
static bool
lacks(const struct lite_alter *x, int since)
{
    return lite_runs_on(x->s) < since;
}

/* ---- what can be done ---- */

/* @from of a column that stays is carried out by a rebuild, or before a data step. */
static bool
rewrites_values(struct lite_alter *x, const struct lite_work *w)
{
    VEC_EACH (i, &w->new->columns) {
        const struct column *c = w->new->columns.items[i];

        if (map_has(&w->old_columns, c->name) && lite_has_transform(x, w, c))
            return !x->r->has_data_step;
    }
    return false;
}

static enum lite_obstacle
cannot_add(const struct lite_alter *x, const struct lite_work *w,
           const struct constraint *k)
{
    const struct column *c = lite_only_column(w->new, k);

    if (k->kind != CONSTRAINT_CHECK || !slice_is_none(k->on_conflict))
        return LITE_ADD_CONSTRAINT;
    if (lacks(x, RULES_SINCE))
        return LITE_ADD_CHECK_OLD;
    if (c != NULL && lite_type_check(w->new, c) == k)
        return LITE_ADD_TYPE_CHECK;
    if (lacks(x, KEYS_SINCE) && !never_null_in_row(w->new, k->check))
        return LITE_ADD_CHECK_NULL;
    return LITE_CAN;
}

static bool
has_namesake(const struct table *t, const struct constraint *k)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *other = t->constraints.items[i];

        if (other != k && slice_equal_fold(other->name, k->name))
            return true;
    }
    VEC_EACH (i, &t->columns)
        if (slice_equal_fold(t->columns.items[i]->not_null_name, k->name))
            return true;
    return false;
}

static enum lite_obstacle
cannot_drop(const struct lite_alter *x, const struct lite_work *w,
            const struct constraint *k)
{
    bool is_key = k->kind == CONSTRAINT_FOREIGN_KEY;

    if (!is_key && k->kind != CONSTRAINT_CHECK)
        return LITE_DROP_CONSTRAINT;
    if (lacks(x, is_key ? KEYS_SINCE : RULES_SINCE))
        return is_key ? LITE_DROP_REFERENCES_OLD : LITE_DROP_CHECK_OLD;
    if (k->name_is_derived || has_namesake(w->old, k))
        return LITE_DROP_UNNAMED;
    if (lacks(x, KEYS_SINCE)
        && !slice_equal(lite_quoted(&x->s->arena, k->name), k->name))
        return LITE_DROP_QUOTED;
    return LITE_CAN;
}

static enum lite_obstacle
cannot_change_null(const struct lite_alter *x, const struct column *old,
                   const struct column *new)
{
    if (lacks(x, RULES_SINCE))
        return LITE_CHANGE_NULL;
    return old->not_null == new->not_null || !slice_is_none(new->not_null_on_conflict)
               ? LITE_CHANGE_NULL_CONFLICT
               : LITE_CAN;
}

bool
lite_is_rule_change(const struct change *c)
{
    return c->kind == CHANGE_ADD_CONSTRAINT || c->kind == CHANGE_DROP_CONSTRAINT
           || c->kind == CHANGE_COLUMN_NULLABILITY;
}

enum lite_obstacle
lite_cannot_change_rule(struct lite_alter *x, const struct lite_work *w,
                        const struct change *c)
{
    enum lite_obstacle o;

    assert(lite_is_rule_change(c));
    if (c->kind == CHANGE_ADD_CONSTRAINT)
        o = cannot_add(x, w, c->new.constraint);
    else if (c->kind == CHANGE_DROP_CONSTRAINT)
        o = cannot_drop(x, w, c->old.constraint);
    else
        o = cannot_change_null(x, c->old.column, c->new.column);
    return o == LITE_CAN && rewrites_values(x, w) ? LITE_CHANGE_VALUES : o;
}

/* ---- what says that it is done ---- */

/* Text of a table on one line, in small letters, without what a name may be quoted
 * with; plain_name does the same. */
#define PLAIN_TEXT                                                                       \
    "replace(replace(replace(replace(replace(replace(lower(sql), char(10), ' '), "       \
    "char(9), ' '), '\"', ''), '[', ''), ']', ''), '`', '')"

static struct slice
plain_name(struct arena *a, struct slice name)
{
    struct slice lower = slice_lower(a, name);
    struct text out;

    text_init(&out, a);
    for (size_t i = 0; i < lower.len; i++) {
        char c = lower.ptr[i];

        if (c == '\n' || c == '\t')
            text_addc(&out, ' ');
        else if (c != '"' && c != '[' && c != ']' && c != '`')
            text_addc(&out, c);
    }
    return text_slice(&out);
}

struct slice
lite_text_query(struct arena *a, const struct table *t, struct slice condition)
{
    return slice_format(a,
                        "SELECT %.*s FROM sqlite_schema WHERE type = 'table' AND name = "
                        "%.*s COLLATE NOCASE",
                        SLICE_ARG(condition),
                        SLICE_ARG(lite_expr_text(a, lite_string(a, t->name))));
}

/* SQLite keeps what it was told word for word. */
static struct slice
is_added_query(struct arena *a, const struct table *t, struct slice constraint)
{
    struct slice text = slice_format(a, ", %.*s", SLICE_ARG(constraint));
    struct slice quoted = lite_expr_text(a, lite_string(a, text));

    return lite_text_query(
        a, t, slice_format(a, "instr(sql, %.*s) > 0", SLICE_ARG(quoted)));
}

static struct slice
is_gone_query(struct arena *a, const struct table *t, struct slice name)
{
    struct slice text =
        slice_format(a, "constraint %.*s ", SLICE_ARG(plain_name(a, name)));
    struct slice quoted = lite_expr_text(a, lite_string(a, text));

    return lite_text_query(
        a, t, slice_format(a, "instr(" PLAIN_TEXT ", %.*s) = 0", SLICE_ARG(quoted)));
}

static struct slice
null_query(struct arena *a, const struct table *t, const struct column *c)
{
    return slice_format(
        a,
        "SELECT \"notnull\" = %d FROM pragma_table_xinfo(%.*s) WHERE name = %.*s COLLATE "
        "NOCASE",
        c->not_null, SLICE_ARG(lite_expr_text(a, lite_string(a, t->name))),
        SLICE_ARG(lite_expr_text(a, lite_string(a, c->name))));
}

/* ---- actions ---- */

/* A plan that somebody else runs says itself what it needs. */
static void
need_version(struct lite_alter *x, struct action *a, int since)
{
    struct arena *arena = &x->s->arena;
    int minor = since % 1000;

    if (x->s->sqlite_linked != 0)
        return;
    VEC_PUSH(arena, &a->preconditions,
             slice_format(arena,
                          "SELECT sqlite_version() WHERE "
                          "CAST(substr(sqlite_version(), 3) AS INTEGER) < %d",
                          minor));
    VEC_PUSH(arena, &a->precondition_titles,
             slice_format(arena, "this SQLite is older than 3.%d", minor));
}

static struct action *
begin_rule(struct lite_alter *x, const struct lite_work *w, const struct change *c,
           enum phase phase, struct slice title)
{
    struct action *a = lite_action(x->s, x->out, phase, w->new->name, "%.*s",
                                   SLICE_ARG(title));

    VEC_PUSH(&x->s->arena, &a->causes, *c);
    action_refuses(&x->s->arena, a, &lite_rebuilding);
    return a;
}

static void
drop_rule(struct lite_alter *x, const struct lite_work *w, const struct change *c)
{
    struct arena *arena = &x->s->arena;
    const struct constraint *k = c->old.constraint;
    struct slice title = slice_format(arena, "drop constraint %.*s.%.*s",
                                      SLICE_ARG(w->new->name), SLICE_ARG(k->name));
    struct action *a = begin_rule(x, w, c, PHASE_GROW, title);
    struct slice name = lite_quoted(arena, k->name);

    need_version(x, a,
                 k->kind == CONSTRAINT_CHECK && slice_equal(name, k->name) ? RULES_SINCE
                                                                            : KEYS_SINCE);
    lite_sql(x->s, a, "ALTER TABLE %.*s DROP CONSTRAINT %.*s",
             SLICE_ARG(lite_quoted(arena, w->new->name)), SLICE_ARG(name));
    a->postcondition = is_gone_query(arena, w->new, k->name);
}

static void
add_rule(struct lite_alter *x, const struct lite_work *w, const struct change *c)
{
    struct arena *arena = &x->s->arena;
    const struct constraint *k = c->new.constraint;
    struct slice title = slice_format(arena, "add constraint %.*s.%.*s",
                                      SLICE_ARG(w->new->name), SLICE_ARG(k->name));
    struct action *a = begin_rule(x, w, c, PHASE_TIGHTEN, title);
    struct slice text = lite_table_constraint(arena, w->new, k);

    need_version(x, a,
                 never_null_in_row(w->new, k->check) ? RULES_SINCE : KEYS_SINCE);
    lite_add_rule_checks(x, w, c, a);
    lite_sql(x->s, a, "ALTER TABLE %.*s ADD %.*s",
             SLICE_ARG(lite_quoted(arena, w->new->name)), SLICE_ARG(text));
    a->postcondition = is_added_query(arena, w->new, text);
    a->scans = true;
}

static void
change_null(struct lite_alter *x, const struct lite_work *w, const struct change *c)
{
    struct arena *arena = &x->s->arena;
    const struct column *column = c->new.column;
    const char *verb = column->not_null ? "SET" : "DROP";
    struct slice title = slice_format(
        arena, "%s NOT NULL of %.*s.%.*s", column->not_null ? "set" : "drop",
        SLICE_ARG(w->new->name), SLICE_ARG(column->name));
    struct action *a = begin_rule(
        x, w, c, column->not_null ? PHASE_TIGHTEN : PHASE_GROW, title);

    need_version(x, a, RULES_SINCE);
    lite_add_rule_checks(x, w, c, a);
    lite_sql(x->s, a, "ALTER TABLE %.*s ALTER COLUMN %.*s %s NOT NULL",
             SLICE_ARG(lite_quoted(arena, w->new->name)),
             SLICE_ARG(lite_quoted(arena, column->name)), verb);
    a->postcondition = null_query(arena, w->new, column);
    a->scans = column->not_null;
}

void
lite_change_rules(struct lite_alter *x, const struct lite_work *w, enum phase phase)
{
    VEC_EACH (i, &w->rules) {
        const struct change *c = &w->rules.items[i];
        bool tightens = c->kind == CHANGE_ADD_CONSTRAINT
                        || (c->kind == CHANGE_COLUMN_NULLABILITY
                            && c->new.column->not_null);

        if (tightens != (phase == PHASE_TIGHTEN))
            continue;
        if (c->kind == CHANGE_ADD_CONSTRAINT)
            add_rule(x, w, c);
        else if (c->kind == CHANGE_DROP_CONSTRAINT)
            drop_rule(x, w, c);
        else
            change_null(x, w, c);
    }
}
