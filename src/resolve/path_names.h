/*
 * What path.c and path_statements.c share: the path, and what is known to be in its
 * schemas.
 */
#ifndef SCHEMAC_RESOLVE_PATH_NAMES_H
#define SCHEMAC_RESOLVE_PATH_NAMES_H

#include "resolve/definitions.h"
#include "resolve/path.h"

struct path {
    struct build *b;
    struct slices schemas; /* as looked through; none: the default one */
    struct slice first;    /* where things are created */
    struct map relations;  /* catalog_key → non-NULL: it is there */
    struct map types;
    struct map routines;
    struct map statistics;
    struct map ctes; /* of the query at hand: they hide tables */
};

/* ---- path.c ---- */

/* Into the path's first schema, unless it names its own; it is there from now on. */
void path_place(struct path *p, struct map *names, struct ast_name *name);
void path_add(struct path *p, struct map *names, struct slice schema, struct slice name);
void path_take_away(struct path *p, struct map *names, const struct ast_name *name);
/* Their schema, where they have none and one of the path's has them. */
void path_find(struct path *p, const struct map *names, struct ast_name *name);
void path_find_all(struct path *p, const struct map *names, struct ast_names *all);
void path_find_type(struct path *p, const struct type **type);
/* All that an expression or a query names; NULL stays NULL. */
void path_find_in(struct path *p, const struct expr **e);

/* ---- path_statements.c ---- */

void path_qualify_statement(struct path *p, struct stmt *stmt);

#endif
