/*
 * Rules about a step of a change: what it locks, what it has written again, and what
 * running applications lose by it.
 */
#include "lint/rule.h"

/* ---- locks and rewrites ---- */

void
rule_index_blocks_writes(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_CREATE_INDEX || o->concurrently || o->is_new)
        return;
    d = lint_found(l, o->span, "nobody writes \"%.*s\" while this index is built",
                   SLICE_ARG(o->table));
    lint_hint(l, d, "CREATE INDEX CONCURRENTLY, outside of a transaction");
}

void
rule_drop_index_blocks(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_DROP_INDEX || o->concurrently || o->is_new)
        return;
    d = lint_found(l, o->span, "dropping \"%.*s\" locks its table against reading, too",
                   SLICE_ARG(o->name));
    lint_hint(l, d, "DROP INDEX CONCURRENTLY, outside of a transaction");
}

void
rule_index_renamed_as_table(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_RENAME_INDEX)
        return;
    d = lint_found(l, o->span,
                   "ALTER TABLE locks the index \"%.*s\" against everybody, so that "
                   "queries of its table wait",
                   SLICE_ARG(o->table));
    lint_hint(l, d, "ALTER INDEX %.*s RENAME TO %.*s", SLICE_ARG(o->table),
              SLICE_ARG(o->new_name));
}

static void
hint_clearing(struct lint *l, struct diag *d, struct slice index)
{
    if (slice_is_none(index))
        lint_hint(l, d,
                  "give it a name, and DROP INDEX CONCURRENTLY IF EXISTS before it");
    else
        lint_hint(l, d, "DROP INDEX CONCURRENTLY IF EXISTS %.*s before it",
                  SLICE_ARG(index));
}

void
rule_index_left_invalid(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_INDEX_BESIDE || o->proven || o->is_new || o->if_not_exists)
        return;
    d = lint_found(l, o->span,
                   "where two rows of \"%.*s\" are alike this fails, and leaves an "
                   "INVALID index that each write pays for",
                   SLICE_ARG(o->table));
    hint_clearing(l, d, o->name);
}

void
rule_index_taken_unseen(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_INDEX_BESIDE || o->proven || o->is_new || !o->if_not_exists)
        return;
    d = lint_found(l, o->span,
                   "IF NOT EXISTS looks at the name alone: an INVALID index that a run "
                   "left behind is taken for this one");
    hint_clearing(l, d, o->name);
}

void
rule_reindex_blocks(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_REINDEX || o->concurrently)
        return;
    d = lint_found(l, o->span, "nobody works with the table while its indexes are built");
    lint_hint(l, d, "REINDEX ... CONCURRENTLY, outside of a transaction");
}

void
rule_detach_blocks(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_DETACH || o->concurrently || o->is_new)
        return;
    d = lint_found(l, o->span, "detaching \"%.*s\" locks \"%.*s\" against reading, too",
                   SLICE_ARG(o->name), SLICE_ARG(o->table));
    lint_hint(l, d, "DETACH PARTITION %.*s CONCURRENTLY, where there is no default one",
              SLICE_ARG(o->name));
}

void
rule_partition_locks_parent(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_PARTITION_OF || o->is_new)
        return;
    d = lint_found(l, o->span, "making a partition of it locks \"%.*s\" against reading",
                   SLICE_ARG(o->table));
    lint_hint(l, d, "CREATE TABLE ... (LIKE %.*s INCLUDING ALL), then ATTACH PARTITION",
              SLICE_ARG(o->table));
}

void
rule_refresh_blocks(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_REFRESH || o->concurrently || o->is_new)
        return;
    d = lint_found(l, o->span, "nobody reads the view while it is filled");
    lint_hint(l, d, "REFRESH MATERIALIZED VIEW CONCURRENTLY, with a unique index on it");
}

void
rule_sequence_waits(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_SEQUENCE || !o->in_transaction || o->is_new)
        return;
    d = lint_found(l, o->span, "nextval() of \"%.*s\" waits until the transaction ends",
                   SLICE_ARG(o->name));
    lint_hint(l, d, "outside of the transaction");
}

/* CHECK and FOREIGN KEY have NOT VALID; an EXCLUDE is about its index. */
static bool
may_be_not_valid(enum constraint_kind kind)
{
    return kind == CONSTRAINT_CHECK || kind == CONSTRAINT_FOREIGN_KEY;
}

void
rule_constraint_scans(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_ADD_CONSTRAINT || o->is_new || o->not_valid
        || !may_be_not_valid(o->constraint))
        return;
    d = lint_found(l, o->span,
                   o->constraint == CONSTRAINT_CHECK
                       ? "all rows of \"%.*s\" are read while nobody works with it"
                       : "all rows of \"%.*s\" are read while nobody writes either table",
                   SLICE_ARG(o->table));
    lint_hint(l, d,
              "ADD CONSTRAINT ... NOT VALID, then VALIDATE CONSTRAINT in another "
              "transaction");
}

void
rule_validate_in_transaction(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_VALIDATE || o->is_new || !o->same_transaction)
        return;
    d = lint_found(l, o->span,
                   "the lock that made \"%.*s\" is held while all rows are read",
                   SLICE_ARG(o->name));
    lint_hint(l, d, "COMMIT before it, so that VALIDATE takes its own, weaker lock");
}

void
rule_check_repeated(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_CHECK_REPEATED || o->is_new)
        return;
    d = lint_found(l, o->span,
                   "\"%.*s\" says the same, and proves nothing: all rows are read for "
                   "this one, too",
                   SLICE_ARG(o->name));
    lint_hint(l, d, "ALTER TABLE %.*s RENAME CONSTRAINT, where it is about the name",
              SLICE_ARG(o->table));
}

void
rule_not_null_scans(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_SET_NOT_NULL || o->is_new || o->proven)
        return;
    d = lint_found(l, o->span, "all rows of \"%.*s\" are read while nobody works with it",
                   SLICE_ARG(o->table));
    lint_hint(l, d,
              "CHECK (%.*s IS NOT NULL) NOT VALID, VALIDATE it, then SET NOT NULL and "
              "drop the CHECK",
              SLICE_ARG(o->name));
}

void
rule_key_builds_index(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_ADD_CONSTRAINT || o->is_new || o->using_index
        || may_be_not_valid(o->constraint))
        return;
    d = lint_found(l, o->span,
                   "nobody works with \"%.*s\" while the index of its %s is built",
                   SLICE_ARG(o->table), constraint_kind_words(o->constraint));
    if (o->constraint != CONSTRAINT_EXCLUDE)
        lint_hint(l, d,
                  "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT ... %s USING "
                  "INDEX",
                  constraint_kind_words(o->constraint));
}

void
rule_column_rewrites_table(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_ADD_COLUMN || o->is_new || slice_is_none(o->cause))
        return;
    d = lint_found(l, o->span,
                   "%.*s: all rows of \"%.*s\" are written again while nobody works "
                   "with it",
                   SLICE_ARG(o->cause), SLICE_ARG(o->table));
    lint_hint(l, d, "add \"%.*s\" without it, fill the rows in parts, then declare it",
              SLICE_ARG(o->name));
}

void
rule_type_change(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_COLUMN_TYPE || o->is_new || slice_is_none(o->cause))
        return;
    d = lint_found(l, o->span,
                   "%.*s rows of \"%.*s\" written again while nobody works with it",
                   SLICE_ARG(o->cause), SLICE_ARG(o->table));
    lint_hint(l, d,
              "a new column beside \"%.*s\", which both are written to until it is full",
              SLICE_ARG(o->name));
}

void
rule_table_rewritten(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_REWRITE && !o->is_new)
        lint_found(l, o->span,
                   "%.*s writes the whole table again while nobody works with it",
                   SLICE_ARG(o->cause));
}

void
rule_rows_written_at_once(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_WRITE_ALL || o->is_new)
        return;
    d = lint_found(l, o->span,
                   "this %.*s holds every row of \"%.*s\" until its transaction ends",
                   SLICE_ARG(o->name), SLICE_ARG(o->table));
    lint_hint(l, d, "in parts, by a range of the key, each in a transaction of its own");
}

void
rule_long_lock(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_LONG_LOCK)
        lint_found(l, o->span, "%.*s: others wait until all rows are read",
                   SLICE_ARG(o->cause));
}

void
rule_domain_constraint(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_DOMAIN_CONSTRAINT)
        return;
    d = lint_found(l, o->span,
                   "what a domain checks is checked in every table at once, with a "
                   "lock on each");
    lint_hint(l, d, "write the constraint at the columns");
}

void
rule_not_valid_ignored(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_NOT_VALID_INLINE)
        return;
    d = lint_found(l, o->span, "NOT VALID says nothing in CREATE TABLE: it is valid");
    lint_hint(l, d, "leave it out, or add the constraint with ALTER TABLE");
}

void
rule_no_lock_timeout(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (!o->waits)
        return;
    d = lint_found(l, o->span,
                   "while this waits for its lock, everybody else waits behind it");
    lint_hint(l, d, "SET lock_timeout = '2s' before it, and try again when it gives up");
}

void
rule_statements_not_read(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_NOT_READ)
        return;
    d = lint_found(l, o->span, "%.*s in here is not read: no rule is asked about it",
                   SLICE_ARG(o->cause));
    if (o->count > 1)
        lint_note(l, d, SPAN_NONE, "%zu more bodies like it are not read either",
                  o->count - 1);
    lint_hint(l, d, "write it as a statement of the script");
}

/* ---- transactions ---- */

void
rule_concurrently_in_transaction(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (!o->concurrently || !o->in_transaction)
        return;
    d = lint_found(l, o->span, "CONCURRENTLY is refused in a transaction");
    lint_hint(l, d, "COMMIT before it");
}

void
rule_transaction_left_open(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_FINISH || !o->in_transaction)
        return;
    d = lint_found(l, o->span, "nothing ends this transaction: what it did is undone");
    lint_hint(l, d, "COMMIT at the end of the script");
}

void
rule_transaction_nesting(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_BEGIN && o->in_transaction)
        lint_found(l, o->span,
                   "a transaction is open already: the first COMMIT ends both");
    if (o->kind == OPERATION_END_TRANSACTION && !o->in_transaction)
        lint_found(l, o->span, "no transaction is open: %.*s does nothing",
                   SLICE_ARG(o->name));
}

/* ---- running applications ---- */

void
rule_drop_table(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_DROP_TABLE || o->is_new)
        return;
    d = lint_found(l, o->span, "\"%.*s\" goes with all its rows", SLICE_ARG(o->table));
    lint_hint(l, d, "first a release of the applications that do not use it any more");
}

void
rule_drop_column(struct lint *l, const struct operation *o)
{
    struct slice more = SLICE(", with the indexes and constraints that use it");
    struct diag *d;

    if (o->kind != OPERATION_DROP_COLUMN || o->is_new)
        return;
    if (o->is_known)
        more = slice_is_none(o->cause)
                   ? SLICE("")
                   : slice_format(l->a, ", and with it %.*s", SLICE_ARG(o->cause));
    d = lint_found(l, o->span, "\"%.*s\" of \"%.*s\" goes%.*s", SLICE_ARG(o->name),
                   SLICE_ARG(o->table), SLICE_ARG(more));
    lint_hint(l, d, "first a release of the applications that do not use it any more");
}

void
rule_rename_table(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_RENAME_TABLE || o->is_new)
        return;
    d = lint_found(l, o->span,
                   "whoever runs now asks for \"%.*s\", and it is \"%.*s\" then",
                   SLICE_ARG(o->table), SLICE_ARG(o->new_name));
    lint_hint(l, d, "a view by the old name, until nobody uses it");
}

void
rule_rename_column(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_RENAME_COLUMN || o->is_new)
        return;
    d = lint_found(l, o->span,
                   "whoever runs now asks \"%.*s\" for \"%.*s\", and it is \"%.*s\" then",
                   SLICE_ARG(o->table), SLICE_ARG(o->name), SLICE_ARG(o->new_name));
    lint_hint(l, d, "a new column, which both are written to until nobody uses the old");
}

void
rule_required_column(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_ADD_COLUMN || o->is_new || !o->required)
        return;
    d = lint_found(l, o->span,
                   "the rows of \"%.*s\" have no \"%.*s\", nor do those that are "
                   "inserted meanwhile",
                   SLICE_ARG(o->table), SLICE_ARG(o->name));
    lint_hint(l, d, "a DEFAULT, or NOT NULL in a later step");
}

void
rule_null_allowed(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_DROP_NOT_NULL && !o->is_new)
        lint_found(l, o->span,
                   "whoever reads \"%.*s\" of \"%.*s\" may get NULL, which never was",
                   SLICE_ARG(o->name), SLICE_ARG(o->table));
}

void
rule_null_refused(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_SET_NOT_NULL && !o->is_new)
        lint_found(l, o->span,
                   "whoever writes NULL to \"%.*s\" of \"%.*s\", or leaves it out, fails",
                   SLICE_ARG(o->name), SLICE_ARG(o->table));
}

/* How many of its kind it holds; 0: it is not measured. */
static int
number_rank(const struct type *t)
{
    if (t->kind == TYPE_INT2)
        return 1;
    if (t->kind == TYPE_INT4)
        return 2;
    if (t->kind == TYPE_INT8)
        return 3;
    return t->kind == TYPE_DECIMAL && t->arg_count == 0 ? 4 : 0;
}

/* Any argument that is smaller, or one where there was none. */
static bool
has_smaller_args(const struct type *old, const struct type *new)
{
    if (new->arg_count > 0 && old->arg_count == 0)
        return true;
    for (size_t i = 0; i < old->arg_count && i < new->arg_count; i++)
        if (new->args[i] < old->args[i])
            return true;
    return false;
}

static bool
is_narrower(const struct type *old, const struct type *new)
{
    int from = number_rank(old);
    int to = number_rank(new);

    if (old->dimensions != new->dimensions || type_family(old) != type_family(new))
        return type_family(new) != FAMILY_TEXT;
    if (old->kind == new->kind)
        return old->kind != TYPE_NAMED && has_smaller_args(old, new);
    if (from != 0 && to != 0)
        return to < from;
    if (type_family(old) == FAMILY_TEXT)
        return new->arg_count > 0 && has_smaller_args(old, new);
    return (old->kind == TYPE_DOUBLE && new->kind == TYPE_REAL) || new->kind == TYPE_DATE
           || (to != 0 && from == 0) || (new->kind == TYPE_DECIMAL &&new->arg_count > 0);
}

void
rule_narrowed_type(struct lint *l, const struct operation *o)
{
    struct slice from;
    struct slice to;

    if (o->kind != OPERATION_COLUMN_TYPE || o->old_type == NULL || o->new_type == NULL
        || !is_narrower(o->old_type, o->new_type))
        return;
    from = lint_type_text(l, o->old_type);
    to = lint_type_text(l, o->new_type);
    lint_found(l, o->span,
               "\"%.*s\" of \"%.*s\" is %.*s, and was %.*s: what does not fit fails",
               SLICE_ARG(o->name), SLICE_ARG(o->table), SLICE_ARG(to), SLICE_ARG(from));
}

void
rule_rename_schema(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_RENAME_SCHEMA)
        lint_found(l, o->span, "whoever asks for something of \"%.*s\" fails then",
                   SLICE_ARG(o->name));
}

void
rule_view_loses_rights(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_VIEW_AGAIN || o->proven)
        return;
    d = lint_found(l, o->span,
                   "\"%.*s\" is another view than the one that was dropped: nobody has a "
                   "right to it",
                   SLICE_ARG(o->table));
    lint_hint(l, d, "GRANT behind it, or CREATE OR REPLACE VIEW where columns are added");
}

void
rule_index_gone(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_INDEX_GONE)
        lint_found(l, o->span, "queries of \"%.*s\" have no \"%.*s\" any more",
                   SLICE_ARG(o->table), SLICE_ARG(o->name));
}

void
rule_sequence_gone(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_SEQUENCE_GONE)
        lint_found(l, o->span, "how far \"%.*s\" has counted is lost",
                   SLICE_ARG(o->name));
}

void
rule_replica_identity_change(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_REPLICA_IDENTITY)
        lint_found(l, o->span, "subscribers are told of rows of \"%.*s\" by another key",
                   SLICE_ARG(o->table));
}

void
rule_rights_change(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_RIGHTS)
        lint_found(l, o->span, "%.*s: somebody may do more, or less",
                   SLICE_ARG(o->cause));
}

void
rule_extension_update(struct lint *l, const struct operation *o)
{
    struct slice version = SLICE("the newest version that the server has");
    struct diag *d;

    if (o->kind != OPERATION_EXTENSION)
        return;
    if (!slice_is_none(o->new_name))
        version = slice_format(l->a, "version %.*s", SLICE_ARG(o->new_name));
    d = lint_found(l, o->span,
                   "\"%.*s\" becomes %.*s: its own script runs, and changes what it "
                   "likes",
                   SLICE_ARG(o->name), SLICE_ARG(version));
    lint_hint(l, d,
              "read its release notes, and whether it has a script for the way back");
}

void
rule_body_not_read(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_BODY)
        return;
    if (!o->is_new) {
        lint_found(l, o->span, "a body in quotes that calls \"%.*s\" fails when it runs",
                   SLICE_ARG(o->name));
        return;
    }
    d = lint_found(l, o->span, "what \"%.*s\" calls is found when it runs",
                   SLICE_ARG(o->name));
    lint_hint(l, d, "RETURN or BEGIN ATOMIC, where it is SQL");
}

void
rule_enum_value_gone(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_ENUM_DROP_VALUE)
        return;
    d = lint_found(l, o->span, "'%.*s' of \"%.*s\" goes: whoever writes it fails then",
                   SLICE_ARG(o->name), SLICE_ARG(o->table));
    lint_hint(l, d, "first a release of the applications that do not write it any more");
}

void
rule_enum_value_renamed(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_ENUM_RENAME_VALUE)
        return;
    d = lint_found(l, o->span,
                   "whoever runs now knows '%.*s' of \"%.*s\", and it is '%.*s' then",
                   SLICE_ARG(o->name), SLICE_ARG(o->table), SLICE_ARG(o->new_name));
    lint_hint(l, d, "add the new value, write it everywhere, then change the rows");
}

void
rule_enum_value_at_end(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_ENUM_ADD_VALUE && !o->placed)
        lint_found(l, o->span, "'%.*s' sorts behind all others: say BEFORE or AFTER",
                   SLICE_ARG(o->name));
}

void
rule_truncate_cascade(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_TRUNCATE_CASCADE)
        return;
    d = lint_found(l, o->span, "CASCADE empties all tables that refer to these");
    lint_hint(l, d, "name every table that is to be empty");
}

void
rule_drop_database(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_DROP_DATABASE)
        lint_found(l, o->span, "a migration that drops a database cannot be undone");
}

/* ---- what the server refuses ---- */

void
rule_enum_used_early(struct lint *l, const struct operation *o)
{
    struct diag *d;

    if (o->kind != OPERATION_ENUM_USED)
        return;
    d = lint_found(l, o->span,
                   "%.*s of \"%.*s\" cannot be used before the transaction ends that "
                   "adds it",
                   SLICE_ARG(o->name), SLICE_ARG(o->table));
    lint_hint(l, d, "COMMIT between them");
}

void
rule_view_columns_moved(struct lint *l, const struct operation *o)
{
    struct slice was = SLICE_NONE;
    struct diag *d;

    if (o->kind != OPERATION_VIEW_COLUMNS)
        return;
    if (!slice_is_none(o->name))
        was = slice_format(l->a, ", \"%.*s\",", SLICE_ARG(o->name));
    d = lint_found(l, o->span,
                   "REPLACE adds columns behind the last one, and column %zu of "
                   "\"%.*s\"%.*s is another one",
                   o->count, SLICE_ARG(o->table), SLICE_ARG(was));
    lint_hint(l, d, "DROP VIEW, CREATE VIEW, and GRANT what was granted");
}

void
rule_column_twice(struct lint *l, const struct operation *o)
{
    if (o->kind == OPERATION_COLUMN_TWICE)
        lint_found(l, o->span, "\"%.*s\" of \"%.*s\" is named twice", SLICE_ARG(o->name),
                   SLICE_ARG(o->table));
}
