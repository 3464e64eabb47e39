/*
 * What may be granted on which kind of object, and what everybody has without a grant
 * (PostgreSQL's manual, 5.7 "Privileges").
 */
#ifndef SCHEMAC_MODEL_PRIVILEGES_H
#define SCHEMAC_MODEL_PRIVILEGES_H

#include "base/slice.h"

/* Those that ALL stands for, sorted; 0: nothing is known of the kind. */
size_t privilege_count(struct slice kind);
struct slice privilege_at(struct slice kind, size_t i);
bool privilege_is_in_all(struct slice kind, struct slice name);
/* The same, and what newer servers have beside them: MAINTAIN of a table. */
bool privilege_is_of(struct slice kind, struct slice name);
/* May it be granted on some columns of a table? */
bool privilege_has_columns(struct slice name);
/* Does PUBLIC have it from the beginning? */
bool privilege_is_public(struct slice kind, struct slice name);

#endif
