/*
 * Syntax trees in, catalog out.
 *
 * Statements are applied in order: CREATE declares, ALTER and DROP change what is there;
 * a delta file starts from the catalog it extends.  Then names are bound, constraints
 * lifted and named, and the rules that hold in every dialect are checked.  Errors go to
 * s->diags; *out is the catalog as far as it could be understood, and true is returned
 * when there was no error.
 */
#ifndef SCHEMAC_RESOLVE_RESOLVE_H
#define SCHEMAC_RESOLVE_RESOLVE_H

#include "model/catalog.h"
#include "syntax/ast.h"

struct resolve_input {
    const struct catalog
        *base; /* @extends: what the first file starts from; NULL: nothing */
    const struct ast *const *asts; /* files of one source, in order */
    size_t count;
    struct slice name; /* of the schema where no file says @schema; may be none */
    struct slice
        dialect; /* terms of the source where no file says @dialect; none: neutral */
    struct slice version; /* may be none */
};

bool resolve_catalog(struct session *s, const struct resolve_input *in,
                     struct catalog **out);

#endif
