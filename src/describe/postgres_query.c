/*
 * The queries, and what differs between servers from 14 on.  A word between two @ stands
 * for one of the texts below.
 */
#include <assert.h>
#include <string.h>

#include "describe/postgres.h"

#define SINCE_15 150000
#define SINCE_16 160000
#define SINCE_17 170000
#define SINCE_18 180000

/* The last text of a name whose version the server has reached. */
static const struct version_text {
    const char *name;
    int since;
    const char *text;
} version_texts[] = {
    { "user_schema", 0, "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'" },

    /* DETACH PARTITION ... CONCURRENTLY was interrupted half way */
    { "is_leaving", 0, "EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = c.oid AND "
                       "h.inhdetachpending)" },

    { "collation_locale", 0, "CASE WHEN c.collprovider = 'i' THEN c.collcollate END" },
    { "collation_locale", SINCE_15, "c.colliculocale" },
    { "collation_locale", SINCE_17, "c.colllocale" },
    { "collation_rules", 0, "NULL::text" },
    { "collation_rules", SINCE_16, "c.collicurules" },

    { "public_acl", 0, "acldefault('n', n.nspowner) || ('=UC/' || "
                       "quote_ident(pg_get_userbyid(n.nspowner)))::aclitem" },
    { "public_acl", SINCE_15, "'{pg_database_owner=UC/pg_database_owner,"
                              "=U/pg_database_owner}'::aclitem[]" },

    { "published_columns", 0, "NULL::text" },
    { "published_columns", SINCE_15,
      "(SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) "
      "|| ')' FROM pg_attribute a "
      "WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs))" },
    { "published_rows", 0, "NULL::text" },
    { "published_rows", SINCE_15, "pg_get_expr(r.prqual, r.prrelid)" },
    { "published_generated", 0, "''" },
    { "published_generated", SINCE_18,
      "CASE p.pubgencols WHEN 's' THEN ', publish_generated_columns = stored' "
      "ELSE '' END" },
    { "published_schemas", 0, "" },
    { "published_schemas", SINCE_15,
      "UNION ALL SELECT 'pg_publication_namespace'::regclass::oid || '.' || r.oid, "
      "format('ALTER PUBLICATION %I ADD TABLES IN SCHEMA %I', p.pubname, n.nspname), 3 "
      "FROM pg_publication_namespace r JOIN pg_publication p ON p.oid = r.pnpubid "
      "JOIN pg_namespace n ON n.oid = r.pnnspid" },

    /* Before, NOT NULL of a column was all that there was of it. */
    { "not_null_constraints", 0, "" },
    { "not_null_constraints", SINCE_18,
      "UNION ALL SELECT format('constraint %I of %I.%I is described as NOT NULL of its "
      "column: a name of its own, NOT VALID and NO INHERIT are left out', "
      "k.conname, n.nspname, c.relname) "
      "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
      "JOIN pg_namespace n ON n.oid = c.relnamespace "
      "JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] "
      "WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
      "AND k.contype = 'n' AND k.conislocal AND (NOT k.convalidated OR k.connoinherit "
      /* what is longer than a name may be is cut by the server */
      "OR (length(c.relname || a.attname) < 53 "
      "AND k.conname <> c.relname || '_' || a.attname || '_not_null'))" },

    { "is_enforced", 0, "true" },
    { "is_enforced", SINCE_18, "k.conenforced" },
};

static const char *
find_text(struct slice name, int server_version)
{
    const char *found = NULL;

    for (size_t i = 0; i < ARRAY_LEN(version_texts); i++)
        if (slice_is(name, version_texts[i].name)
            && version_texts[i].since <= server_version)
            found = version_texts[i].text;
    assert(found != NULL);
    return found;
}

const char *
postgres_query(struct arena *a, size_t at, int server_version)
{
    const char *next = (const char *)postgres_queries[at].bytes;
    const char *end = next + postgres_queries[at].size;
    const char *mark;
    struct text out;

    text_init(&out, a);
    while ((mark = memchr(next, '@', (size_t)(end - next))) != NULL) {
        const char *close = memchr(mark + 1, '@', (size_t)(end - mark - 1));

        assert(close != NULL);
        text_add(&out, (struct slice){ next, (size_t)(mark - next) });
        text_addz(&out, find_text((struct slice){ mark + 1, (size_t)(close - mark - 1) },
                                  server_version));
        next = close + 1;
    }
    text_add(&out, (struct slice){ next, (size_t)(end - next) });
    return slice_z(a, text_slice(&out));
}

const char *
postgres_query_named(struct arena *a, const char *name, int server_version)
{
    size_t at = 0;

    while (strcmp(postgres_queries[at].name, name) != 0) {
        at++;
        assert(at < postgres_queries_count);
    }
    return postgres_query(a, at, server_version);
}

bool
postgres_is_statement_query(size_t at)
{
    char first = postgres_queries[at].name[0];

    return first >= '0' && first <= '9';
}

const char *
postgres_query_subject(struct arena *a, size_t at)
{
    struct slice name = slice_from(postgres_queries[at].name);
    const char *dash = memchr(name.ptr, '-', name.len);
    struct text out;

    assert(dash != NULL);
    text_init(&out, a);
    for (const char *p = dash + 1; *p != '.'; p++)
        text_addc(&out, *p == '-' ? ' ' : *p);
    return slice_z(a, text_slice(&out));
}
