/*
 * Rows and bytes of tables.
 */
#include "describe/sizes.h"

#include <string.h>

#define ROWS_COUNTED_MAX 100000            /* some milliseconds a table */
#define BYTES_WALKED_MAX (256 * 1024 * 1024) /* dbstat looks at each page of the file */
#define TABLES_PER_QUERY 100 /* columns of one SELECT and its text stay small */

static bool
fail(struct session *s, const struct schemac_db *db)
{
    diag_add(&s->diags, D_DATABASE, SPAN_NONE, "the database cannot be read: %s",
             schemac_error(db)->message);
    return false;
}

static struct slice
column(struct session *s, struct schemac_stmt *stmt, int at)
{
    struct schemac_text text = schemac_column_text(stmt, at);

    return slice_copy(&s->arena, (struct slice){ text.ptr, text.len });
}

/* ---- a server ---- */

/*
 * As the server's own planner has it: rows per page when the table was last looked at,
 * times the pages that it has today; nothing where it never was, and has some.  A table
 * that is partitioned has the rows and bytes of its partitions.
 */
static const char server_query[] =
    "WITH leaf AS (SELECT c.oid AS whole, p.relid AS part FROM pg_catalog.pg_class AS c "
    "CROSS JOIN LATERAL pg_catalog.pg_partition_tree(c.oid) AS p "
    "WHERE c.relkind = 'p' AND p.isleaf UNION ALL SELECT c.oid, c.oid "
    "FROM pg_catalog.pg_class AS c WHERE c.relkind IN ('r', 'm')), "
    "size AS (SELECT l.whole, pg_catalog.pg_table_size(c.oid) AS bytes, "
    "CASE WHEN pg_catalog.pg_relation_size(c.oid) = 0 THEN 0 "
    "WHEN c.relpages > 0 AND c.reltuples >= 0 THEN c.reltuples / c.relpages "
    "* (pg_catalog.pg_relation_size(c.oid) "
    "/ pg_catalog.current_setting('block_size')::integer) END AS tuples "
    "FROM leaf AS l JOIN pg_catalog.pg_class AS c ON c.oid = l.part) "
    "SELECT n.nspname, c.relname, "
    "CASE WHEN pg_catalog.count(*) = pg_catalog.count(s.tuples) "
    "OR pg_catalog.count(s.whole) = 0 "
    "THEN pg_catalog.round(coalesce(pg_catalog.sum(s.tuples), 0))::bigint END, "
    "coalesce(pg_catalog.sum(s.bytes), 0)::bigint "
    "FROM pg_catalog.pg_class AS c "
    "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
    "LEFT JOIN size AS s ON s.whole = c.oid "
    "WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', "
    "'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%' "
    "AND n.nspname NOT LIKE 'pg\\_temp%' GROUP BY 1, 2 ORDER BY 1, 2";

static struct table_size
size_on_server(struct session *s, struct schemac_stmt *stmt)
{
    struct table_size size = {
        .schema = column(s, stmt, 0),
        .name = column(s, stmt, 1),
        .bytes_known = true,
        .bytes = schemac_column_int64(stmt, 3),
    };

    if (!schemac_column_is_null(stmt, 2)) {
        size.rows_known = ROWS_ESTIMATE;
        size.rows = schemac_column_int64(stmt, 2);
    }
    return size;
}

static bool
ask_server(struct session *s, struct schemac_db *db, const struct name_list *tables,
           struct table_sizes *out)
{
    enum schemac_status status;
    struct schemac_stmt *stmt;

    (void)tables; /* one query tells of all */
    if (schemac_prepare(db, server_query, &stmt) != SCHEMAC_OK)
        return fail(s, db);
    while ((status = schemac_step(stmt)) == SCHEMAC_ROW) {
        struct table_size size = size_on_server(s, stmt);

        VEC_PUSH(&s->arena, &out->all, size);
    }
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE || fail(s, db);
}

/* ---- a file ---- */

static bool
ask_number(struct session *s, struct schemac_db *db, const char *query, int64_t *out)
{
    struct schemac_stmt *stmt;
    enum schemac_status status;

    if (schemac_prepare(db, query, &stmt) != SCHEMAC_OK)
        return fail(s, db);
    status = schemac_step(stmt);
    if (status == SCHEMAC_ROW)
        *out = schemac_column_int64(stmt, 0);
    schemac_finalize(stmt);
    return status == SCHEMAC_ROW || fail(s, db);
}

/* Not every build of SQLite has it. */
static bool
may_walk(struct session *s, struct schemac_db *db, bool *out)
{
    int64_t modules = 0;
    int64_t bytes = 0;

    if (!ask_number(s, db,
                    "SELECT count(*) FROM pragma_module_list WHERE name = 'dbstat'",
                    &modules)
        || !ask_number(s, db,
                       "SELECT page_count * page_size FROM pragma_page_count, "
                       "pragma_page_size",
                       &bytes))
        return false;
    *out = modules > 0 && bytes <= BYTES_WALKED_MAX;
    return true;
}

/* For each table a row of its place among them, its rows, its bytes or NULL. */
static const char *
file_query(struct session *s, const struct name_list *tables, size_t begin, size_t end,
           bool walks)
{
    struct text sql;

    text_init(&sql, &s->arena);
    for (size_t i = begin; i < end; i++) {
        text_addf(&sql, "%sSELECT %zu, (SELECT count(*) FROM (SELECT 1 FROM main.",
                  i > begin ? " UNION ALL " : "", i);
        text_add_quoted(&sql, '"', tables->all.items[i]);
        text_addf(&sql, " LIMIT %d)), ", ROWS_COUNTED_MAX + 1);
        if (walks) {
            text_addz(&sql, "(SELECT sum(pgsize) FROM dbstat WHERE aggregate = 1 AND "
                            "name = ");
            text_add_quoted(&sql, '\'', tables->all.items[i]);
            text_addc(&sql, ')');
        } else {
            text_addz(&sql, "NULL");
        }
    }
    return slice_z(&s->arena, text_slice(&sql));
}

static struct table_size
size_in_file(struct schemac_stmt *stmt, struct slice name)
{
    int64_t rows = schemac_column_int64(stmt, 1);

    return (struct table_size){
        .schema = SLICE_NONE,
        .name = name,
        .rows_known = rows > ROWS_COUNTED_MAX ? ROWS_AT_LEAST : ROWS_EXACT,
        .rows = rows > ROWS_COUNTED_MAX ? ROWS_COUNTED_MAX : rows,
        .bytes_known = !schemac_column_is_null(stmt, 2),
        .bytes = schemac_column_int64(stmt, 2),
    };
}

static bool
ask_some(struct session *s, struct schemac_db *db, const char *query,
         const struct name_list *tables, struct table_sizes *out)
{
    enum schemac_status status;
    struct schemac_stmt *stmt;

    if (schemac_prepare(db, query, &stmt) != SCHEMAC_OK)
        return fail(s, db);
    while ((status = schemac_step(stmt)) == SCHEMAC_ROW) {
        size_t at = (size_t)schemac_column_int64(stmt, 0);
        struct table_size size = size_in_file(stmt, tables->all.items[at]);

        VEC_PUSH(&s->arena, &out->all, size);
    }
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE || fail(s, db);
}

static bool
ask_file(struct session *s, struct schemac_db *db, const struct name_list *tables,
         struct table_sizes *out)
{
    bool walks = false;
    bool is_good = may_walk(s, db, &walks);

    for (size_t i = 0; is_good && i < tables->all.count; i += TABLES_PER_QUERY) {
        size_t end = i + TABLES_PER_QUERY < tables->all.count ? i + TABLES_PER_QUERY
                                                              : tables->all.count;

        is_good = ask_some(s, db, file_query(s, tables, i, end, walks), tables, out);
    }
    return is_good;
}

/* ---- both ---- */

bool
describe_sizes(struct session *s, struct schemac_db *db, const struct name_list *tables,
               struct table_sizes *out)
{
    *out = (struct table_sizes){ 0 };
    return strcmp(schemac_dialect(db), "sqlite") == 0 ? ask_file(s, db, tables, out)
                                                      : ask_server(s, db, tables, out);
}
