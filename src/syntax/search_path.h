/*
 * Statements that say where names without a schema are looked for.
 */
#ifndef SCHEMAC_SYNTAX_SEARCH_PATH_H
#define SCHEMAC_SYNTAX_SEARCH_PATH_H

#include "syntax/ast.h"

/*
 * SET search_path, RESET search_path, SET SCHEMA 'a' and set_config('search_path', …):
 * true, and *out is the schemas that it names, in order; none for DEFAULT and RESET.
 */
bool search_path_read(struct session *s, struct arena *a, const struct stmt *stmt,
                      struct ast_names *out);

#endif
