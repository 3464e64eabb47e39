/*
 * What the files about PostgreSQL share.  Nobody outside of this folder includes it; the
 * door is describe_postgres.
 */
#ifndef SCHEMAC_DESCRIBE_POSTGRES_H
#define SCHEMAC_DESCRIBE_POSTGRES_H

#include <libpq-fe.h>

#include "base/embedded.h"
#include "describe/describe.h"

/*
 * The files of src/describe/queries, sorted by name.  Those with a number are asked in
 * this order and give rows (id, statement, warning), each of which may be NULL: id is
 * "OID of the catalog.OID of the object", statement has no semicolon.
 */
extern const struct embedded_file postgres_queries[];
extern const size_t postgres_queries_count;

/* The text of a query as a server of this version understands it, terminated. */
const char *postgres_query(struct arena *a, size_t at, int server_version);
const char *postgres_query_named(struct arena *a, const char *name, int server_version);
bool postgres_is_statement_query(size_t at);
/* "table settings" of 45-table-settings.sql. */
const char *postgres_query_subject(struct arena *a, size_t at);

/* NULL after reporting D_DATABASE. */
struct schemac_db *postgres_connect(struct session *s, const char *url);

/* What the server says, in one line and without passwords. */
struct slice postgres_message(struct session *s, const char *url, const char *message);

#endif
