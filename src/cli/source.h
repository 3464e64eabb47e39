/*
 * SOURCE arguments: files, schema folders, folder@version, folders of other tools'
 * migrations, databases, standard input.
 */
#ifndef SCHEMAC_CLI_SOURCE_H
#define SCHEMAC_CLI_SOURCE_H

#include "cli/cli.h"
#include "cli/migrations.h"
#include "cli/schema.h"
#include "describe/describe.h"
#include "diff/diff.h"
#include "syntax/ast.h"

enum source_kind {
    SOURCE_FILES,
    SOURCE_SCHEMA, /* schema, version */
    SOURCE_DATABASE,
    SOURCE_MIGRATIONS, /* migrations, applied */
};

struct described_server;

struct loaded_source {
    enum source_kind kind;
    const struct catalog *catalog;  /* neutral, or in a database's own terms */
    struct schema *schema;          /* SOURCE_SCHEMA; else NULL */
    struct schema_version *version; /* SOURCE_SCHEMA; else NULL */
    struct migrations *migrations;  /* SOURCE_MIGRATIONS; else NULL */
    size_t applied;                 /* SOURCE_MIGRATIONS: how many of them */
    int server_version;             /* SOURCE_DATABASE on a server: 15 for 15.4; else 0 */
    bool is_loose;                  /* files or migrations: nothing says whose terms */
    const char *title;              /* as the user wrote it, but for passwords */
};

/* One SOURCE from `count` arguments (several only when all are files). */
bool source_load(struct cli *c, const char *const *args, size_t count,
                 struct loaded_source *out);

/* Two of them, each of one argument; a database is asked for what the other side
 * declares, too.  Both are read, whatever is wrong with one. */
bool source_load_pair(struct cli *c, const char *const *args, struct loaded_source *one,
                      struct loaded_source *other);

/* Are all of them files, or standard input? */
bool source_is_files(struct cli *c, const char *const *args, size_t count);

/* The two halves of source_load for such: between them one may look at the trees.  An
 * error in a file leaves its tree there; false where there is none. */
bool source_parse_files(struct cli *c, const char *const *args, size_t count,
                        const struct ast **asts);
bool source_resolve_files(struct cli *c, const char *const *args, size_t count,
                          const struct ast *const *asts, struct loaded_source *out);

/* Of the database that the argument names; NULL: it names none. */
const struct dialect *source_database_dialect(const char *arg);

/* The database as text in its own terms: of any engine, and whatever state it is in;
 * what --schema and --exclude leave of it.  `declared` as for describe_postgres; *server
 * is nothing where there is none. */
bool source_describe_text(struct cli *c, const char *url,
                          const struct describe_declared *declared, struct slice *out,
                          struct described_server *server);

/* That text as a catalog; NULL after reporting. */
const struct catalog *source_read_described(struct cli *c, const char *url,
                                            struct slice text,
                                            const struct described_server *server);

/* How the argument may be shown: a database without its password. */
const char *source_title(struct cli *c, const char *arg);

/* Open an existing database; NULL after reporting D_DATABASE. */
struct schemac_db *source_open_database(struct cli *c, const char *url, unsigned flags);

/* What the database still says of expressions as it did when they were applied; nothing
 * where no migration made it.  False after reporting. */
bool source_read_known(struct cli *c, const char *url, struct schemac_db *db,
                       struct diff_known *out);

/* A described database as a catalog in its own terms, with what `beside` declares. */
const struct catalog *source_describe(struct cli *c, const char *url,
                                      struct schemac_db *db,
                                      const struct catalog *beside);

/* What is written runs on the server that was described, if one was: its version counts
 * where --server-version does not say another. */
void source_write_for(struct cli *c, const struct loaded_source *source);

/* Are @from, and down @back, between two versions values of their columns' types? */
bool source_transforms_fit(struct cli *c, const struct catalog *older,
                           const struct catalog *newer, bool down);

/* Both ways between a version and the one right after it; and was there what @was
 * names? */
bool source_neighbours_fit(struct cli *c, const struct catalog *older,
                           const struct catalog *newer);

/* The same for one way, of any two: only neighbours in a folder are asked about @was. */
bool source_pair_fits(struct cli *c, const struct loaded_source *older,
                      const struct loaded_source *newer, bool down);

/* The catalog in the terms of `d`; NULL after reporting. */
const struct catalog *source_lower(struct cli *c, const struct dialect *d,
                                   const struct catalog *catalog);

#endif
