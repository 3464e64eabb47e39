/*
 * JSON arrays of one dimension, as SQLite keeps arrays: a strict reader and a writer.
 *
 * Pure functions over bytes: no database, no memory.
 */
#ifndef SCHEMAC_RUNTIME_SQLITE_JSON_H
#define SCHEMAC_RUNTIME_SQLITE_JSON_H

#include "runtime/schemac_row.h"

/* ---- reading ---- */

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING };

struct json_item {
    enum json_kind kind;
    /* NUMBER: its text; STRING: what stands between the quotes, escapes as they are. */
    struct schemac_text raw;
};

struct json_reader {
    const char *at;
    const char *end;
    bool is_first; /* no item was read */
};

enum json_step {
    JSON_ITEM,
    JSON_END,   /* of the array, and of the text */
    JSON_BAD,   /* RFC 8259 has no such text */
    JSON_NESTED /* an array or object as an item */
};

/* False: the text is no array. */
bool schemac__json_begin(struct json_reader *r, struct schemac_text text);
enum json_step schemac__json_next(struct json_reader *r, struct json_item *item);

/* The characters of a STRING; the bytes they take, never more than raw.len. */
size_t schemac__json_unescape(struct schemac_text raw, char *to);

/* Independent of the locale.  False: no double is near; *v is infinite then. */
bool schemac__json_double(struct schemac_text number, double *v);
/* Exactly; false: a fraction, an exponent, or beyond 64 bits. */
bool schemac__json_int64(struct schemac_text number, int64_t *v);

/* ---- writing ---- */

/* `to` NULL: the bytes are only counted. */
struct json_writer {
    char *to;
    size_t len;
};

void schemac__json_put(struct json_writer *w, const char *bytes, size_t len);
/* With its quotes and escapes. */
void schemac__json_put_string(struct json_writer *w, const char *bytes, size_t len);

#define JSON_NUMBER_BYTES 40

/* The shortest digits that mean this number to whoever reads a double, or a float.
 * Needs: it is finite. */
size_t schemac__json_number(double v, bool is_float, char to[JSON_NUMBER_BYTES]);

#endif
