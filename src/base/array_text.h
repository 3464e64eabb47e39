/*
 * The text of an array as PostgreSQL writes it in a string: {a,"b, c",NULL}.
 */
#ifndef SCHEMAC_BASE_ARRAY_TEXT_H
#define SCHEMAC_BASE_ARRAY_TEXT_H

#include "base/slice.h"
#include "base/vec.h"

struct array_item {
    struct slice text; /* without quotes and escapes */
    bool is_null;
};

struct array_items {
    VEC(struct array_item) all;
};

/* False: it is no array, or one of several dimensions, or says where it begins to
 * count. */
bool array_text_read(struct arena *a, struct slice text, struct array_items *out);

#endif
