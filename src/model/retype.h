/*
 * Types by other names: wherever a catalog names one of them, it says the other name.
 * Nothing is edited; where nothing of it is named, the original comes back.  Texts
 * (quoted bodies, what is kept whole) are not read.
 */
#ifndef SCHEMAC_MODEL_RETYPE_H
#define SCHEMAC_MODEL_RETYPE_H

#include "model/catalog.h"

struct sql_style;

struct retyping {
    struct arena *a;
    struct map names; /* catalog_key → struct relation_name * */
};

void retyping_init(struct retyping *r, struct arena *a);
void retyping_add(struct retyping *r, struct slice old_schema, struct slice old,
                  struct slice schema, struct slice name);

/* False: it is not one of them, and *t stays as it is. */
bool retype_type(const struct retyping *r, struct type *t);
/* Casts, also in queries; NULL stays NULL. */
const struct expr *retype_expr(const struct retyping *r, const struct expr *e);
/* What it says, not what it is called: of domains, composite types, ranges, routines,
 * triggers, rules, policies and statistics.  Not spelt anew; false: it names none. */
bool retype_definition(const struct retyping *r, struct definition *d);
/* A copy in which the types themselves have their other names, too; definitions are in
 * the words of `style`. */
struct catalog *retype_catalog(const struct retyping *r, const struct catalog *from,
                               const struct sql_style *style);

#endif
