/*
 * Functions, procedures and aggregates under construction: what the files that declare
 * and alter them share.
 */
#ifndef SCHEMAC_RESOLVE_ROUTINE_H
#define SCHEMAC_RESOLVE_ROUTINE_H

#include "resolve/definitions.h"

/* ---- routine_names.c ---- */

/* Of an argument or a result: PostgreSQL keeps no length, precision or scale there, and
 * of an array not how many dimensions it has. */
struct type routine_plain_type(const struct type *from);
/* Not dropped, of that kind and with those arguments; none: with any. */
bool routine_matches(const struct object *o, enum routine_kind kind,
                     struct slice signature);

/* ---- routine_options.c ---- */

void routine_apply_options(struct build *b, struct routine *r,
                           const struct ast_routine_option *options, size_t count);
/* Sorted by name: their order means nothing. */
void settings_add(struct arena *a, struct settings *to, struct slice name,
                  struct slice value);

#endif
