/*
 * Column and cast types.  Built-in types are known by kind; everything else is TYPE_NAMED
 * with its name, which `resolve` checks against the catalog.  Types are immutable and
 * compared by value.
 */
#ifndef SCHEMAC_EXPR_TYPE_H
#define SCHEMAC_EXPR_TYPE_H

#include "base/text.h"

enum type_kind {
#define TYPE(kind, name, family, args) kind,
#include "expr/types.def"
#undef TYPE
    TYPE_KIND_COUNT
};

enum type_family {
    FAMILY_BOOLEAN,
    FAMILY_NUMBER,
    FAMILY_TEXT,
    FAMILY_BYTES,
    FAMILY_TIME,
    FAMILY_UUID,
    FAMILY_OTHER, /* comparable with the very same kind only */
    FAMILY_NAMED, /* comparable with the same name only */
};

#define TYPE_ARGS_MAX 2

struct type {
    enum type_kind kind;
    uint16_t arg_count;
    uint16_t dimensions; /* 0: not an array */
    struct slice schema; /* TYPE_NAMED: as written, folded; none if not qualified */
    struct slice name;   /* TYPE_NAMED: folded unless quoted; otherwise none */
    int32_t args[TYPE_ARGS_MAX];
    /* TYPE_NAMED: (point, 4326), all of them, where not each is a whole number; none. */
    struct slice modifiers;
};

const char *type_canonical_name(enum type_kind kind); /* "" for TYPE_NAMED */
enum type_family type_family(const struct type *t);
size_t type_args_max(enum type_kind kind);

/* Does the word name a type in other engines than PostgreSQL only? */
bool type_word_is_free(struct slice word);

/*
 * The type that words mean: "double precision", "timestamp with time zone", "int4",
 * "DATETIME", "int unsigned", …  `words` are one blank apart, folded unless quoted.
 * Unknown words give TYPE_NAMED.  `is_serial` (may be NULL) is set for smallserial,
 * serial, bigserial.
 */
struct type type_from_words(struct slice schema, struct slice words, bool quoted,
                            bool *is_serial);

/* The one type of its kind that has no arguments and is no array, for all who need it;
 * not of TYPE_NAMED. */
const struct type *type_shared(enum type_kind kind);
bool type_is_shared(const struct type *t);

bool type_equal(const struct type *a, const struct type *b);

/* castable.c: may CAST make the one of some value of the other?  True of types that are
 * known by name only.  Whether it does of each value is another matter. */
bool type_may_become(const struct type *from, const struct type *to);

/* varchar(20), numeric(10, 2)[] — as `print` writes it. */
void type_print(const struct type *t, struct text *out);

#endif
