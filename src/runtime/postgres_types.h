/*
 * What a type of the server is made of: a domain of its base type, an array of elements.
 */
#ifndef SCHEMAC_RUNTIME_POSTGRES_TYPES_H
#define SCHEMAC_RUNTIME_POSTGRES_TYPES_H

#include "runtime/postgres.h"
#include "runtime/postgres_wire.h"

struct postgres_type {
    uint32_t number;  /* in pg_type */
    uint32_t element; /* of an array: the number of its elements' type; else 0 */
    enum wire wire;   /* of a domain that of its base type */
    enum wire item;   /* of an array that of its elements */
};

/*
 * Types of users are asked for once per connection.
 * Needs: the connection is free, and in no transaction that failed.
 */
enum schemac_status schemac__postgres_type(struct schemac_db *db, uint32_t number,
                                           struct postgres_type *out);
/* What is known without asking; else WIRE_OTHER. */
enum wire schemac__postgres_known_wire(const struct schemac_db *db, uint32_t number);
/* Types of another connection may be others. */
void schemac__postgres_forget_types(struct schemac_db *db);

#endif
