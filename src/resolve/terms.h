/*
 * What the rules of resolve depend on: the terms that a catalog is in.  A neutral catalog
 * must make sense in every dialect; a catalog in one engine's own terms was accepted by
 * that engine, so that a rule of another engine is no reason to refuse it.
 */
#ifndef SCHEMAC_RESOLVE_TERMS_H
#define SCHEMAC_RESOLVE_TERMS_H

#include "base/slice.h"

struct terms {
    const char *dialect; /* "" for neutral */
    /* The words of the types that are known by kind, as the dialect writes them; others
       are kept as written.  NULL: any spelling is understood. */
    const char *const *type_words;
    size_t columns_max;        /* of a table */
    size_t keys_max;           /* columns of one index or key */
    bool checks_types;         /* unknown types, missing types, bad lengths are errors */
    bool checks_references;    /* foreign keys must lead to unique columns of one type */
    bool checks_values;        /* defaults and rows must fit their columns */
    bool checks_queries;       /* views must read what is there */
    bool unique_constraints;   /* a table has no two constraints of one name */
    bool null_says_something;  /* NULL beside NOT NULL is a contradiction */
    bool key_is_not_null;      /* every primary key column is NOT NULL */
    bool identity_is_not_null; /* an identity column is NOT NULL */
    bool parens_make_a_value;  /* x IN ((SELECT …)) has one value: the first row */
    bool quoted_may_be_text;   /* "x" is a text where no column has that name */
    bool keeps_sequences;   /* that of a serial column when table or column is renamed */
    bool freezes_stars;     /* `*` in a view is what it was when the view was made */
    bool joins_in_place;    /* the columns of USING stay where the left side has them in
                               `*`; false: they come first */
    size_t name_bytes_max;  /* longer ones are cut there; 0: they are kept */
    bool names_constraints; /* what was not named has a name from the engine */
    bool needs_columns;     /* a table has at least one */
    bool chains_generated;  /* generated columns may use generated columns */
    bool keys_are_relations; /* each has an index by its name, in the names of tables */
    bool rows_are_types;    /* those of a table or view, by its name */
    bool types_bar_sequences; /* of their names; one that was there before them stays */
};

/* NULL: there is no such dialect.  `dialect` none means neutral. */
const struct terms *terms_find(struct slice dialect);

#endif
