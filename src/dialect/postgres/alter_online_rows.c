/*
 * Columns of tables that others read and write meanwhile: NOT NULL by a check that was
 * validated, values written in batches.
 */
#include "dialect/postgres/alter.h"

#include "model/naming.h"

#define BATCH_PAGES "256" /* 2 MB: rows are locked for some milliseconds */

/* ---- NOT NULL ---- */

/* Beside others of the table: a name too long to be one is told apart by its number. */
static struct slice
check_name(struct alter *a, const struct column *c)
{
    struct slice name =
        slice_format(&a->s->arena, "schemac_%.*s_not_null", SLICE_ARG(c->name));

    return name.len <= IDENTIFIER_BYTES_MAX
               ? name
               : slice_format(&a->s->arena, "schemac_column_%zu_not_null", c->number + 1);
}

static void
add_check(struct alter *a, const struct change *c, struct slice name)
{
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_CONSTRAINTS, c);
    struct postgres_statement st;

    to->title = alter_member_title(a, "refuse new NULLs in", c->new.table, c->new.column);
    postgres_begin_alter(a->s, &st, c->new.table, "ADD CONSTRAINT");
    sqlw_ident(&st.w, name);
    sqlw_kw(&st.w, "CHECK");
    sqlw_open(&st.w);
    sqlw_ident(&st.w, c->new.column->name);
    sqlw_kw(&st.w, "IS NOT NULL");
    sqlw_close(&st.w);
    sqlw_kw(&st.w, "NOT VALID");
    alter_sql(a, to, postgres_end(&st));
    alter_reason(a, to, "NOT VALID checks new rows from now on and reads no old one.");
}

static void
validate_check(struct alter *a, const struct change *c, struct slice name)
{
    struct action *to = alter_action(a, PHASE_SETTLE, SETTLE_VALIDATE, c);

    to->title = alter_member_title(a, "look for NULLs in", c->new.table, c->new.column);
    alter_validate(a, to, c->new.table, name);
    alter_reason(a, to, "Others read and write while the rows are read.");
    online_settle(to, SETTLE_VALIDATE);
}

/* Two statements: in one ALTER TABLE the check would be dropped first. */
static struct action *
take_check_for_not_null(struct alter *a, const struct change *c, struct slice name)
{
    struct action *to = alter_action(a, PHASE_SETTLE, SETTLE_NOT_NULL, c);
    struct postgres_statement st;

    to->title = alter_member_title(a, "require", c->new.table, c->new.column);
    alter_column_words(a, to, c, "SET NOT NULL");
    postgres_begin_alter(a->s, &st, c->new.table, "DROP CONSTRAINT");
    sqlw_ident(&st.w, name);
    alter_sql(a, to, postgres_end(&st));
    alter_reason(a, to, "The validated check proves it, so no row is read.");
    return to;
}

struct action *
online_require_by_check(struct alter *a, const struct change *c)
{
    struct slice name = check_name(a, c->new.column);

    add_check(a, c, name);
    validate_check(a, c, name);
    return take_check_for_not_null(a, c, name);
}

bool
online_set_not_null(struct alter *a, const struct change *c)
{
    bool counts = c->new.column->identity == IDENTITY_ALWAYS
                  || c->new.column->identity == IDENTITY_BY_DEFAULT;

    /* The server gives an identity to what is NOT NULL already, so this cannot wait; and
     * IS NOT NULL asks more of a composite value. */
    if (counts || alter_is_composite(a, &c->new.column->type)
        || !online_is_in_use(a, c->new.table))
        return false;
    (void)online_require_by_check(a, c);
    return true;
}

/* ---- values, in batches ---- */

/*
 * Page by page, so that each row is read once, and a commit after each batch, so that
 * its rows are locked for a moment only.  Rows that have a value are left alone: run
 * again, it goes on where it was.
 */
struct slice
online_batches(struct alter *a, const struct table *t, struct slice assignments,
               struct slice condition, const struct definition *held)
{
    struct postgres_statement name;
    struct postgres_statement st;
    struct slice check = SLICE("");

    postgres_begin(a->s, &name);
    sqlw_string(&name.w, alter_name(a, t->schema, t->name));
    if (held != NULL)
        check = slice_format(&a->s->arena,
                             "    IF NOT %.*s THEN\n"
                             "        RAISE 'who fills needs the right TRIGGER';\n"
                             "    END IF;\n",
                             SLICE_ARG(online_filling_right(a, held)));
    postgres_begin(a->s, &st);
    text_addf(
        &st.text,
        "DECLARE\n"
        "    schemac_page bigint := 0;\n"
        "    schemac_end bigint := pg_relation_size(%.*s)\n"
        "        / current_setting('block_size')::bigint;\n"
        "BEGIN\n%.*s"
        "    WHILE schemac_page <= schemac_end LOOP\n%s"
        "        UPDATE %.*s SET %.*s\n"
        "        WHERE %.*s\n"
        "            AND ctid >= format('(%%s,0)', schemac_page)::tid\n"
        "            AND ctid < format('(%%s,0)', schemac_page + " BATCH_PAGES ")::tid;\n"
        "        COMMIT;\n"
        "        schemac_page := schemac_page + " BATCH_PAGES ";\n"
        "    END LOOP;\n"
        "END\n",
        SLICE_ARG(postgres_end(&name)), SLICE_ARG(check),
        held == NULL ? ""
                     : "        PERFORM set_config('schemac.filling', 'on', true);\n",
        SLICE_ARG(alter_name(a, t->schema, t->name)),
        SLICE_ARG(assignments), SLICE_ARG(condition));
    return slice_format(&a->s->arena, "DO %.*s",
                        SLICE_ARG(postgres_code(a->s, postgres_end(&st))));
}

/* Children have pages of their own, which the batches of the parent do not count. */
bool
online_takes_batches(struct alter *a, const struct change *c)
{
    const struct table *t = c->old.table;

    return online_is_in_use(a, c->new.table) && t->partition_by == NULL
           && !map_has(&a->parents, catalog_key(&a->s->arena, t->schema, t->name))
           && !online_fires_on_filling(a, c);
}

void
online_fill_in_batches(struct alter *a, struct action *to, const struct change *c,
                       struct slice value)
{
    struct slice column = alter_ident(a, c->new.column->name);

    to->lock = "ROW EXCLUSIVE";
    to->outside_transaction = true;
    to->scans = true;
    alter_sql(
        a, to,
        online_batches(a, c->new.table,
                       slice_format(&a->s->arena, "%.*s = %.*s", SLICE_ARG(column),
                                    SLICE_ARG(value)),
                       slice_format(&a->s->arena, "%.*s %s", SLICE_ARG(column),
                                    alter_null_words(a, &c->new.column->type)),
                       NULL));
}

/* Those who write meanwhile do not know the column yet. */
static void
fill_again(struct alter *a, const struct change *c, struct slice value)
{
    struct action *to = alter_action(a, PHASE_SETTLE, SETTLE_FILL, c);

    to->title = alter_member_title(a, "fill once more", c->new.table, c->new.column);
    online_fill_in_batches(a, to, c, value);
    alter_reason(a, to,
                 "Rows that were written since the first time have no value yet; newer "
                 "ones are refused without.");
}

/* The second time comes when old columns are gone and types are new ones. */
static bool
fills_in_batches(struct alter *a, const struct change *c, const struct expr *value)
{
    return online_takes_batches(a, c)
           && (!c->new.column->not_null
               || online_keeps_columns(c->old.table, c->new.table, value));
}

bool
online_fill(struct alter *a, struct action *to, const struct change *c,
            const struct expr *value)
{
    struct postgres_statement st;
    struct slice text;

    if (!fills_in_batches(a, c, value))
        return false;
    postgres_begin(a->s, &st);
    sqlw_expr(&st.w, alter_value_by_then(a, c->old.table, c->new.table, value,
                                         &c->new.column->type));
    text = postgres_end(&st);
    online_fill_in_batches(a, to, c, text);
    alter_reason(a, to,
                 "In batches that are committed one by one: a single UPDATE would lock "
                 "all rows until its end.");
    if (c->new.column->not_null)
        fill_again(a, c, text);
    return true;
}

/* ---- a column whose default is worked out for each row ---- */

static void
fill_with_default(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_FILL, 0, c);

    to->title = alter_member_title(a, "fill", c->new.table, c->new.column);
    online_fill_in_batches(a, to, c, SLICE("DEFAULT"));
    alter_reason(a, to,
                 "In batches: ADD COLUMN with this default would write the table again "
                 "while nobody may read it.");
}

/* The default counts for rows that come: those that are there stay without a value. */
static void
add_bare(struct alter *a, const struct change *c)
{
    const struct column *col = c->new.column;
    struct column bare = *col;
    struct postgres_statement st;
    struct action *to;

    bare.default_value = NULL;
    bare.null_default = col->type.kind == TYPE_NAMED; /* a domain has its own default */
    to = alter_action(a, PHASE_GROW, alter_columns_order(a), c);
    postgres_begin_alter(a->s, &st, c->new.table, "ADD COLUMN");
    postgres_write_column(&st.w, &bare, false);
    alter_sql(a, to, postgres_end(&st));
    alter_set_default(a, to, c);
    to->rewrites = alter_domain_asks_rows(a, col);
    if (col->comment.len > 0)
        alter_sql(a, to,
                  postgres_comment_member(a->s, c->new.table, col, NULL, col->comment));
}

bool
online_add_column(struct alter *a, const struct change *c)
{
    if (!online_takes_batches(a, c) || c->new.column->default_value == NULL
        || alter_is_composite(a, &c->new.column->type))
        return false;
    add_bare(a, c);
    fill_with_default(a, c);
    if (c->new.column->not_null)
        online_set_not_null(a, c);
    return true;
}

bool
online_add_unfilled(struct alter *a, const struct change *c, const struct expr *value)
{
    if (!alter_fills_itself(a, c->new.column) || !fills_in_batches(a, c, value))
        return false;
    add_bare(a, c);
    return true;
}
