/*
 * What a type of the server is made of.  Types that are built in have the same numbers in
 * every server; those of users are asked for when a statement first mentions them, and
 * kept as long as the connection.
 */
#include "runtime/postgres_types.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_NUMBER_OF_USERS 16384 /* FirstNormalObjectId */
#define NUMBER_BYTES 16
#define TYPES_FIRST 8 /* that there is room for at first; then it doubles */

struct schemac__types {
    uint64_t connection; /* db->connections when they were asked for */
    size_t count;
    size_t size;
    struct postgres_type *items;
};

/* A domain through its base types; the elements of what is an array, and nothing else. */
static const char query[] =
    "WITH RECURSIVE t (number, kind, base, element) AS ("
    "SELECT oid, typtype, typbasetype, typelem FROM pg_catalog.pg_type WHERE oid = $1 "
    "UNION ALL "
    "SELECT b.oid, b.typtype, b.typbasetype, b.typelem "
    "FROM t JOIN pg_catalog.pg_type AS b ON t.kind = 'd' AND b.oid = t.base) "
    "SELECT t.number, CASE WHEN e.typarray = t.number THEN t.element ELSE 0 END "
    "FROM t LEFT JOIN pg_catalog.pg_type AS e ON e.oid = t.element "
    "WHERE t.kind <> 'd'";

static const struct postgres_type *
find(const struct schemac_db *db, uint32_t number)
{
    const struct schemac__types *types = db->types;

    if (types == NULL || types->connection != db->connections)
        return NULL;
    for (size_t i = 0; i < types->count; i++)
        if (types->items[i].number == number)
            return &types->items[i];
    return NULL;
}

enum wire
schemac__postgres_known_wire(const struct schemac_db *db, uint32_t number)
{
    const struct postgres_type *type =
        number < FIRST_NUMBER_OF_USERS ? NULL : find(db, number);

    return type == NULL ? schemac__wire_of(number) : type->wire;
}

void
schemac__postgres_forget_types(struct schemac_db *db)
{
    if (db->types == NULL)
        return;
    schemac__free(db->types->items);
    schemac__free(db->types);
    db->types = NULL;
}

static bool
keep(struct schemac_db *db, const struct postgres_type *type)
{
    struct schemac__types *types = db->types;
    struct postgres_type *grown;
    size_t size;

    if (types->count == types->size) {
        size = types->size == 0 ? TYPES_FIRST : types->size * 2;
        grown = schemac__resize(types->items, size * sizeof *grown);
        if (grown == NULL)
            return false;
        types->items = grown;
        types->size = size;
    }
    types->items[types->count++] = *type;
    return true;
}

/* For types of the connection that there is now. */
static bool
make_room(struct schemac_db *db)
{
    if (db->types != NULL && db->types->connection != db->connections)
        schemac__postgres_forget_types(db);
    if (db->types == NULL)
        db->types = schemac__alloc(sizeof *db->types);
    if (db->types != NULL)
        db->types->connection = db->connections;
    return db->types != NULL;
}

/* What it is at the bottom, and what that has as elements; 0 and 0: it is gone. */
static enum schemac_status
ask(struct schemac_db *db, uint32_t number, uint32_t *base, uint32_t *element)
{
    char text[NUMBER_BYTES];
    const char *values[] = { text };
    enum schemac_status status = SCHEMAC_OK;
    PGresult *result;

    (void)snprintf(text, sizeof text, "%lu", (unsigned long)number);
    result = PQexecParams(db->native, query, 1, NULL, values, NULL, NULL, 0);
    *base = 0;
    *element = 0;
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        status = schemac__postgres_error(db, result);
    } else if (PQntuples(result) == 1) {
        *base = (uint32_t)strtoul(PQgetvalue(result, 0, 0), NULL, 10);
        *element = (uint32_t)strtoul(PQgetvalue(result, 0, 1), NULL, 10);
    }
    PQclear(result);
    return status;
}

/* A type that is built in, or of which only that is known that it is no array. */
static struct postgres_type
plain_type(uint32_t number, uint32_t base)
{
    struct postgres_type type = { .number = number, .wire = schemac__wire_of(base) };

    if (type.wire == WIRE_ARRAY) {
        type.element = schemac__wire_element(base);
        type.item = schemac__wire_of(type.element);
    }
    return type;
}

/* Elements are never arrays themselves, but may be domains over one. */
static enum schemac_status
describe(struct schemac_db *db, uint32_t number, struct postgres_type *out)
{
    uint32_t base;
    uint32_t element;
    uint32_t element_base;
    uint32_t ignored;
    enum schemac_status status = ask(db, number, &base, &element);

    *out = plain_type(number, base);
    if (status != SCHEMAC_OK || element < FIRST_NUMBER_OF_USERS)
        return status;
    status = ask(db, element, &element_base, &ignored);
    out->wire = WIRE_ARRAY;
    out->element = element;
    out->item = schemac__wire_of(element_base);
    return status;
}

enum schemac_status
schemac__postgres_type(struct schemac_db *db, uint32_t number, struct postgres_type *out)
{
    const struct postgres_type *known;
    struct postgres_type item;
    enum schemac_status status;

    *out = plain_type(number, number);
    if (number < FIRST_NUMBER_OF_USERS)
        return SCHEMAC_OK;
    known = find(db, number);
    if (known != NULL) {
        *out = *known;
        return SCHEMAC_OK;
    }
    status = describe(db, number, out);
    if (status != SCHEMAC_OK)
        return status;
    /* What an array says of its elements is their own number. */
    item = (struct postgres_type){ .number = out->element, .wire = out->item };
    if (!make_room(db) || !keep(db, out)
        || (item.number >= FIRST_NUMBER_OF_USERS && find(db, item.number) == NULL
            && !keep(db, &item)))
        return schemac__no_memory(db);
    return SCHEMAC_OK;
}
