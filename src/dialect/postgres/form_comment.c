/*
 * The comments that extensions bring: a dump tells them, no declaration does.
 *
 * Of the extensions that PostgreSQL comes with we know the text, so that a comment of
 * one's own is a difference.  Any other extension that has no comment on one side may
 * have brought the one of the other side.
 */
#include "dialect/postgres/form.h"

/* From the control files of PostgreSQL 15 and, where it said something else, before. */
static const struct {
    const char *extension;
    const char *comment;
} known[] = {
    { "adminpack", "administrative functions for PostgreSQL" },
    { "amcheck", "functions for verifying relation integrity" },
    { "autoinc", "functions for autoincrementing fields" },
    { "bloom", "bloom access method - signature file based index" },
    { "btree_gin", "support for indexing common datatypes in GIN" },
    { "btree_gist", "support for indexing common datatypes in GiST" },
    { "citext", "data type for case-insensitive character strings" },
    { "cube", "data type for multidimensional cubes" },
    { "dblink", "connect to other PostgreSQL databases from within a database" },
    { "dict_int", "text search dictionary template for integers" },
    { "dict_xsyn", "text search dictionary template for extended synonym processing" },
    { "earthdistance", "calculate great-circle distances on the surface of the Earth" },
    { "file_fdw", "foreign-data wrapper for flat file access" },
    { "fuzzystrmatch", "determine similarities and distance between strings" },
    { "hstore", "data type for storing sets of (key, value) pairs" },
    { "insert_username", "functions for tracking who changed a table" },
    { "intagg", "integer aggregator and enumerator (obsolete)" },
    { "intarray", "functions, operators, and index support for 1-D arrays of integers" },
    { "isn", "data types for international product numbering standards" },
    { "lo", "Large Object maintenance" },
    { "ltree", "data type for hierarchical tree-like structures" },
    { "moddatetime", "functions for tracking last modification time" },
    { "old_snapshot", "utilities in support of old_snapshot_threshold" },
    { "pageinspect", "inspect the contents of database pages at a low level" },
    { "pg_buffercache", "examine the shared buffer cache" },
    { "pg_freespacemap", "examine the free space map (FSM)" },
    { "pg_prewarm", "prewarm relation data" },
    { "pg_stat_statements", "track execution statistics of all SQL statements executed" },
    { "pg_stat_statements",
      "track planning and execution statistics of all SQL statements executed" },
    { "pg_surgery", "extension to perform surgery on a damaged relation" },
    { "pg_trgm", "text similarity measurement and index searching based on trigrams" },
    { "pg_visibility", "examine the visibility map (VM) and page-level visibility info" },
    { "pg_walinspect", "functions to inspect contents of PostgreSQL Write-Ahead Log" },
    { "pgcrypto", "cryptographic functions" },
    { "pgrowlocks", "show row-level locking information" },
    { "pgstattuple", "show tuple-level statistics" },
    { "plpgsql", "PL/pgSQL procedural language" },
    { "postgres_fdw", "foreign-data wrapper for remote PostgreSQL servers" },
    { "refint", "functions for implementing referential integrity (obsolete)" },
    { "seg", "data type for representing line segments or floating-point intervals" },
    { "sslinfo", "information about SSL certificates" },
    { "tablefunc", "functions that manipulate whole tables, including crosstab" },
    { "tcn", "Triggered change notifications" },
    { "tsm_system_rows", "TABLESAMPLE method which accepts number of rows as a limit" },
    { "tsm_system_time",
      "TABLESAMPLE method which accepts time in milliseconds as a limit" },
    { "unaccent", "text search dictionary that removes accents" },
    { "uuid-ossp", "generate universally unique identifiers (UUIDs)" },
    { "xml2", "XPath querying and XSLT" },
};

static bool
brings(struct slice extension, struct slice comment)
{
    bool is_known = false;

    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        if (!slice_is(extension, known[i].extension))
            continue;
        is_known = true;
        if (slice_is(comment, known[i].comment))
            return true;
    }
    return !is_known;
}

bool
form_same_comment(const struct definition *old, const struct definition *new)
{
    if (new->detail != DETAIL_EXTENSION || old->detail != DETAIL_EXTENSION)
        return false;
    if (slice_is_none(old->comment))
        return brings(new->name, new->comment);
    return slice_is_none(new->comment) && brings(old->name, old->comment);
}
