/*
 * The terms that we know, one row each.
 */
#include "resolve/terms.h"

#include "base/vec.h"
#include "model/naming.h"

/*
 * What src/dialect/sqlite writes.  SQLite itself knows no types: INT and INTEGER differ
 * (only one can be the rowid), and what somebody wrote is what its catalog says.
 */
static const char *const sqlite_type_words[] = {
    "boolean",
    "smallint",
    "integer",
    "bigint",
    "numeric",
    "real",
    "double precision",
    "text",
    "varchar",
    "char",
    "blob",
    "date",
    "time",
    "timetz",
    "timestamp",
    "timestamptz",
    "interval",
    "uuid",
    "json",
    "jsonb",
    "decimal_int",
    "decimal_text",
    "json_text",
    "array_text",
    NULL,
};

/* PostgreSQL: MaxHeapAttributeNumber and INDEX_MAX_KEYS; SQLite: SQLITE_MAX_COLUMN. */
static const struct terms all_terms[] = {
    {
        .dialect = "",
        .columns_max = 1600,
        .keys_max = 32,
        .checks_types = true,
        .checks_references = true,
        .checks_values = true,
        .checks_queries = true,
        .unique_constraints = true,
        .key_is_not_null = true,
        .null_says_something = true,
        .identity_is_not_null = true,
        .names_constraints = true,
        .rows_are_types = true,
        .types_bar_sequences = true,
    },
    {
        .dialect = "postgres",
        .columns_max = 1600,
        .keys_max = 32,
        .unique_constraints = true,
        .key_is_not_null = true,
        .null_says_something = true,
        .identity_is_not_null = true,
        .keeps_sequences = true,
        .freezes_stars = true,
        .name_bytes_max = IDENTIFIER_BYTES_MAX,
        .names_constraints = true,
        .keys_are_relations = true,
        .rows_are_types = true,
    },
    {
        .dialect = "sqlite",
        .type_words = sqlite_type_words,
        .columns_max = 2000,
        .keys_max = 2000,
        .parens_make_a_value = true,
        .quoted_may_be_text = true,
        .needs_columns = true,
        .chains_generated = true,
        .joins_in_place = true,
    },
};

const struct terms *
terms_find(struct slice dialect)
{
    for (size_t i = 0; i < ARRAY_LEN(all_terms); i++)
        if (slice_equal(slice_from(all_terms[i].dialect),
                        slice_is_none(dialect) ? SLICE("") : dialect))
            return &all_terms[i];
    return NULL;
}
