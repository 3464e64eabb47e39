/*
 * A prepared statement of the PostgreSQL driver: its parameters as libpq takes them, and
 * the rows that are there of its result.
 */
#ifndef SCHEMAC_RUNTIME_POSTGRES_STMT_H
#define SCHEMAC_RUNTIME_POSTGRES_STMT_H

#include "runtime/postgres.h"
#include "runtime/postgres_wire.h"

#define STATEMENT_NAME_BYTES 32 /* "schemac_" and a number */
#define NOWHERE UINT64_MAX

/* Where a value may be kept that the caller does not keep. */
struct postgres_slot {
    enum wire wire; /* of the type that the server wants */
    enum wire item; /* where that is an array, of its elements */
    uint32_t element; /* the number of their type */
    char fixed[WIRE_FIXED_BYTES];
    char *copy; /* grows as needed, used again; NULL: none yet */
    size_t size;
};

struct postgres_statement {
    char name[STATEMENT_NAME_BYTES];
    char *sql;
    uint64_t connection; /* db->connections when it was prepared; NOWHERE */
    bool is_outdated;    /* to be prepared anew before it runs again */
    bool keeps_types;    /* was prepared for values that had been bound already */
    PGresult *shape;     /* columns and parameters, as the server described them */

    /* Parameters, `count` of each, in one piece of memory that begins with the slots. */
    int count;
    struct postgres_slot *slots;
    const char **values; /* NULL: SQL NULL */
    int *lengths;        /* 0: of NULL */
    int *formats; /* 0: text, 1: binary */

    uint8_t *wires;           /* enum wire of each column of the result */
    bool is_planned;          /* what that means for its plan is known */
    bool is_binary;           /* results are asked for in binary */
    bool streams;             /* rows are wanted as they come */
    PGresult *rows;           /* NULL: not run yet, or reset */
    int row;                  /* that was stepped to, from 0 */
    int row_count;            /* of `rows`, where they do not stream */
    unsigned char *unescaped; /* what column_bytes gave last; libpq's */

    /* While it streams: */
    bool is_running;
    bool began_inside;  /* a transaction */
    bool saw_end;       /* the server said that there are no more rows */
    bool lost_memory;   /* rows were thrown away for want of it */
    bool lost_connection; /* with rows that had not come yet */
    PGresult **waiting; /* came while somebody else needed the connection */
    size_t waiting_count;
    size_t waiting_at; /* those before it were given out */
};

/* Room for that many bytes, kept in the slot; NULL after recording that memory ran out.
 */
char *schemac__postgres_slot_room(struct schemac_db *db, struct postgres_slot *slot,
                                  size_t bytes);

/* Records that the values are longer together than a message can be. */
enum schemac_status schemac__postgres_too_long(struct schemac_db *db);

static inline enum schemac_status
schemac__postgres_values_fit(const struct schemac_stmt *stmt)
{
    const struct postgres_statement *s = stmt->native;

    return schemac__wire_fits(s->lengths, s->count)
               ? SCHEMAC_OK
               : schemac__postgres_too_long(stmt->db);
}

/* The connection is there and free, and knows the statement, whose values fit. */
enum schemac_status schemac__postgres_statement_ready(struct schemac_stmt *stmt);
enum schemac_status schemac__postgres_statement_renew(struct schemac_stmt *stmt);

/* The connection that we have, which is there, knows it. */
static inline bool
schemac__postgres_knows(const struct schemac_db *db, const struct postgres_statement *s)
{
    return s->connection == db->connections && PQstatus(db->native) == CONNECTION_OK;
}

static inline bool
schemac__postgres_is_fresh(const struct schemac_db *db,
                           const struct postgres_statement *s)
{
    return !s->is_outdated && !s->keeps_types && schemac__postgres_knows(db, s);
}

/* The same before values are bound: the types are those that the server wants now. */
static inline enum schemac_status
schemac__postgres_statement_fresh(struct schemac_stmt *stmt)
{
    return schemac__postgres_is_fresh(stmt->db, stmt->native)
               ? SCHEMAC_OK
               : schemac__postgres_statement_renew(stmt);
}
/* Record the failure, and whether the statement has to be prepared anew for it. */
enum schemac_status schemac__postgres_failed(struct schemac_stmt *stmt,
                                             const PGresult *result);

#endif
