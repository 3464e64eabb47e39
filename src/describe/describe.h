/*
 * A live database as declarations in its own dialect's terms: text that goes through the
 * one parser. A bounded number of set-based queries, whatever the number of tables;
 * system objects and schemac_history are left out, the rows of schemac_comments are
 * comments.
 */
#ifndef SCHEMAC_DESCRIBE_DESCRIBE_H
#define SCHEMAC_DESCRIBE_DESCRIBE_H

#include "diag/session.h"
#include "runtime/schemac.h"

struct name_list {
    VEC(struct slice) all;
};

/* Which part of a database is described; NULL stands for all of it. */
struct describe_filter {
    struct name_list schemas; /* only what is in these; empty: all */
    /* Left out: "name" in any schema, "schema.name"; * and ? stand for any text and any
     * character. */
    struct name_list excluded;
};

/*
 * What a server keeps beside a schema, or does not keep as it was said, is asked for as
 * far as the declarations beside it speak of it: what they leave open is right as it is.
 */
struct describe_declared {
    bool has_all_versions;     /* nothing is declared: of all extensions */
    struct name_list versions; /* the extensions whose version is said */
};

/* Would an object of that name be left out of a database of that dialect?  No schema
 * stands for "public". */
bool describe_filter_hides(struct arena *a, const struct describe_filter *filter,
                           const char *dialect, struct slice schema, struct slice name);
bool describe_filter_has_schema(const struct describe_filter *filter,
                                struct slice schema);

/* What a run that was stopped left behind, which is in no declaration. */
struct described_leftover {
    bool is_partition; /* it is half detached from its parent; else an INVALID index */
    struct slice schema;
    struct slice name;
    struct slice of_schema; /* of the parent; of the table */
    struct slice of;
};

/* What is known of a server beside the declarations. */
struct described_server {
    int version;       /* 15 for 15.4; 0: no server */
    struct slice role; /* CURRENT_USER and SESSION_USER; none: they are two, no server */
    VEC(struct described_leftover) leftovers;
};

/* Both: false after reporting D_DATABASE (or D_USAGE about the filter).  The text begins
 * with "-- @dialect sqlite" or "-- @dialect postgres".  What cannot be declared is told
 * by a warning. */
bool describe_database(struct session *s, struct schemac_db *db,
                       const struct describe_filter *filter, struct slice *out);

/* `url` is whatever libpq takes; it connects itself, and leaves nothing behind.
 * `declared` is NULL where the schema alone is wanted. */
bool describe_postgres(struct session *s, const char *url,
                       const struct describe_filter *filter,
                       const struct describe_declared *declared, struct slice *out,
                       struct described_server *server);

/* The URL without passwords, as it may be shown; of a file that is its path. */
struct slice describe_shown_url(struct arena *a, const char *url);

#endif
