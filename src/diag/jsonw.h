/*
 * What the JSON and SARIF renderers share: building values without a check at each step,
 * and places as both of them know them.
 */
#ifndef SCHEMAC_DIAG_JSONW_H
#define SCHEMAC_DIAG_JSONW_H

#include <jansson.h>

#include "diag/diag.h"

struct json_writer {
    struct arena *arena;
    struct sources *sources;
    bool failed; /* a value could not be made or kept: memory ran out */
};

/* A text as it is, but for bytes that are not UTF-8. */
json_t *jsonw_text(struct json_writer *w, struct slice s);
json_t *jsonw_number(size_t n);

/* Both take over the value, and a value that could not be made. */
void jsonw_put(struct json_writer *w, json_t *object, const char *key, json_t *value);
void jsonw_push(struct json_writer *w, json_t *array, json_t *value);

/* Takes over the root; false when anything failed on the way. */
bool jsonw_finish(struct json_writer *w, json_t *root, struct text *out);

/* The place behind the last byte of a span. */
struct place jsonw_end(struct json_writer *w, struct span span);

#endif
