/*
 * Actions that make or drop one object, shared by create and alter.
 */
#ifndef SCHEMAC_DIALECT_SQLITE_OBJECTS_H
#define SCHEMAC_DIALECT_SQLITE_OBJECTS_H

#include "dialect/sqlite/lite.h"

bool lite_is_trigger(const struct definition *r);
/* A virtual table, and what else is neither a trigger nor a comment. */
bool lite_is_made_first(const struct definition *r);

/* START WITH of the key, for a table of that name that has no counter yet. */
void lite_start_counter(struct session *s, struct action *a, const struct table *t,
                        struct slice name);
struct action *lite_make_table(struct session *s, struct actions *out,
                               const struct table *t);
struct action *lite_make_index(struct session *s, struct actions *out,
                               const struct index *x);
struct action *lite_make_view(struct session *s, struct actions *out,
                              const struct view *v);
struct action *lite_make_definition(struct session *s, struct actions *out,
                                    const struct definition *r);

struct action *lite_drop_table(struct session *s, struct actions *out,
                               const struct table *t);
struct action *lite_drop_index(struct session *s, struct actions *out,
                               const struct index *x);
struct action *lite_drop_view(struct session *s, struct actions *out,
                              const struct view *v);
struct action *lite_drop_definition(struct session *s, struct actions *out,
                                    const struct definition *r);

/* "SELECT count(*) = 1 FROM sqlite_schema WHERE …" */
struct slice lite_exists_query(struct arena *a, const char *type, struct slice name,
                               bool exists);

#endif
