/*
 * Types by other names, and values of enums: wherever a catalog names one of them, it
 * says the other name.
 * Nothing is edited; where nothing of it is named, the original comes back.  Texts
 * (quoted bodies, what is kept whole) are not read.
 */
#ifndef SCHEMAC_MODEL_RETYPE_H
#define SCHEMAC_MODEL_RETYPE_H

#include "model/catalog.h"

struct sql_style;

struct retyping {
    struct arena *a;
    struct map names;  /* catalog_key → struct relation_name * */
    struct map labels; /* of a type by its other name → struct slice *: value_key */
};

void retyping_init(struct retyping *r, struct arena *a);
void retyping_add(struct retyping *r, struct slice old_schema, struct slice old,
                  struct slice schema, struct slice name);

/* A value of an enum, which has its other name by then, is called otherwise. */
void retyping_add_label(struct retyping *r, const struct type *type, struct slice old,
                        struct slice label);

/* False: it is not one of them, and *t stays as it is. */
bool retype_type(const struct retyping *r, struct type *t);
/* Casts, and what they give, also in queries; NULL stays NULL.  Then: the node alone. */
const struct expr *retype_expr(const struct retyping *r, const struct expr *e);
const struct expr *retype_node(const struct retyping *r, const struct expr *e);
/* A default, or another value of that type. */
const struct expr *retype_value(const struct retyping *r, const struct type *type,
                                const struct expr *e);
/* What it says, not what it is called: of domains, composite types, ranges, routines,
 * triggers, rules, policies and statistics.  Not spelt anew; false: it names none. */
bool retype_definition(const struct retyping *r, struct definition *d);
/* A copy in which the types themselves have their other names, too; definitions are in
 * the words of `style`. */
struct catalog *retype_catalog(const struct retyping *r, const struct catalog *from,
                               const struct sql_style *style);

#endif
