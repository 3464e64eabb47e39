/*
 * Names without a schema, where SET search_path says which schema they are in.
 */
#ifndef SCHEMAC_RESOLVE_PATH_H
#define SCHEMAC_RESOLVE_PATH_H

#include "resolve/build.h"

/*
 * Write the schema into every name that the path in force at its statement puts into
 * another schema than the default one; called once, before any statement is declared, so
 * that statements that wait need not know their path.  Needs: the base is taken.
 */
void path_qualify(struct build *b, const struct resolve_input *in);

#endif
