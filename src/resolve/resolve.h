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

/*
 * What statements mean.  Declarations say what is to be there: their order is free, and
 * an INSERT declares initial rows.  A script says what was done, step by step: each
 * statement meets what those before it left, statements that change rows change nothing
 * here, temporary tables are forgotten, and names pass from one object to the next, as
 * they did in the database.  What a script leaves has no @was and no rows.
 */
enum resolve_mode {
    RESOLVE_DECLARATIONS,
    RESOLVE_SCRIPT,
};

struct resolve_input {
    enum resolve_mode mode;
    const struct catalog
        *base; /* @extends: what the first file starts from; NULL: nothing */
    const struct ast *const *asts; /* files of one source, in order */
    size_t count;
    struct slice name; /* of the schema where no file says @schema; may be none */
    struct slice
        dialect; /* terms of the source where no file says @dialect; none: neutral */
    /* RESOLVE_SCRIPT: what ran it: names are kept as it keeps them; none: unknown. */
    struct slice engine;
    struct slice version; /* may be none */
    /* Nobody has said that these declarations are for schemac: what changes rows in them
       is passed over with a warning instead of being refused. */
    bool is_bare;
    /* They are for another engine than SQLite: those in SQLite's terms are read as
       neutral ones, whose words for types mean what they say. */
    bool leaves_sqlite;
};

bool resolve_catalog(struct session *s, const struct resolve_input *in,
                     struct catalog **out);

#endif
