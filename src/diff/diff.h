/*
 * Two catalogs in, changes out.  A change is a fact: it knows no dialect and no order.
 *
 * Objects are matched by declared rename (@was, where the old name is there and the new
 * one is not), then by name.  Constraints and indexes whose name was derived are matched
 * by what they say, so that renaming a table is one change.  Both catalogs must be in the
 * same terms (neutral, or lowered to the same dialect).
 *
 * What an engine writes otherwise than it was told (casts, IN as = ANY, names qualified)
 * is no difference: both sides are compared in the form that the engine keeps.  The forms
 * are the dialect's knowledge and come in through this door.
 */
#ifndef SCHEMAC_DIFF_DIFF_H
#define SCHEMAC_DIFF_DIFF_H

#include "model/catalog.h"
#include "model/domains.h"

enum change_kind {
#define CHANGE(kind, words) kind,
#include "diff/change.def"
#undef CHANGE
    CHANGE_KIND_COUNT
};

/* What one side says; everything that does not apply is NULL. */
struct change_side {
    const struct table *table;
    const struct column *column;
    const struct constraint *constraint;
    const struct index *index;
    const struct view *view;
    const struct enum_type *enum_type;
    const struct definition *definition;
    const struct initial_rows *rows;
};

struct change {
    enum change_kind kind;
    struct change_side old;
    struct change_side new;
};

struct changes {
    VEC(struct change)
    all; /* table by table in the order of the new catalog, then the rest */
    struct map pair_of_old; /* catalog_key → struct table_pair *, of matched old tables */
    struct map pair_of_new; /* catalog_key → struct table_pair *, of all new tables */
    struct domain_types stored; /* of both sides, the old one first */
};

/*
 * The forms in which an engine keeps what was written.  Each takes what is bound and
 * gives a tree for comparison only.
 */
struct form_world; /* what `open` remembers of the catalog, for all that is compared */

struct diff_forms {
    /* `role`: who CURRENT_USER is, of the server that is compared; none: no server. */
    const struct form_world *(*open)(struct session *s, const struct catalog *c,
                                     struct slice role);
    const struct expr *(*expr)(const struct form_world *w, const struct expr *e);
    /* A default: it stands where a value of type `t` (NULL: any) is wanted. */
    const struct expr *(*value)(const struct form_world *w, const struct type *t,
                                const struct expr *e);
    /* A value in the bound of a partition whose key is a `t` (NULL: not known). */
    const struct expr *(*bound)(const struct form_world *w, const struct type *t,
                                const struct expr *e);
    const struct expr *(*query)(const struct form_world *w, const struct view *v);
    /* A key of an index that uses `method`. */
    struct index_key (*key)(const struct form_world *w, struct slice method,
                            const struct index_key *key);
    /* One that says as `normal` what all other spellings of it say. */
    const struct definition *(*definition)(const struct form_world *w,
                                           const struct definition *d);
    /* A definition without a comment has this one: an extension brings its own. */
    bool (*same_comment)(const struct definition *old, const struct definition *new);
};

/* "add column vehicles.parking_spot" */
struct slice change_title(struct arena *a, const struct change *c);
/* Where the user declared it: the new side, else the old one; may be SPAN_NONE. */
struct span change_span(const struct change *c);

/* `forms`: of the dialect in whose terms both are; NULL: as it is written. */
void diff_catalogs(struct session *s, const struct diff_forms *forms,
                   const struct catalog *from, const struct catalog *to,
                   struct changes *out);

/* known.c: what was declared when an engine was told it, and stands in it unchanged. */
struct diff_known {
    struct map digests; /* "kind TAB name" → struct slice *: of what was declared */
    bool declared_is_old; /* which side of the changes is declared, not described */
};

/* A line for each object with an expression: digest, TAB, kind, TAB, name. */
struct slice diff_expressions(struct session *s, const struct catalog *c);
/* Such lines of objects whose text in the engine is what it was then. */
void diff_known_read(struct session *s, struct slice lines, struct diff_known *out);
/* The changes without those in objects that are declared as they were applied, and stand
 * in the engine as they were then: they are its spelling. */
void diff_drop_respellings(struct session *s, const struct diff_known *known,
                           const struct changes *changes, struct changes *out);

/* What a person should look at (D_LOOKS_LIKE_RENAME, D_RENAME_UNKNOWN, D_COLUMN_ORDER).
 * Apart from diff_catalogs, because on the way back the hints would be upside down. */
void diff_notes(struct session *s, const struct changes *changes);

/* direct.c: the newest of `versions` (oldest first, at least two; neutral) as a version
 * right behind the oldest one: each @was in it is a name of that one.  NULL after
 * reporting why one plan would not come out where the way through each version does. */
const struct catalog *diff_join(struct session *s, struct slice dialect,
                                const struct catalog *const *versions, size_t count);

/* Which table was which, and nothing else; diff_catalogs has it, too. */
void diff_match_tables(struct session *s, const struct catalog *from,
                       const struct catalog *to, struct changes *out);
/* The old table that `t` of the new side was, by @was or by name; NULL: it is new.  Then
 * what an old one became; NULL: it is gone.  And for columns. */
const struct table *diff_old_table(const struct changes *changes, const struct table *t);
const struct table *diff_new_table(const struct changes *changes, const struct table *t);
const struct column *diff_old_column(const struct table *old, const struct table *t,
                                     const struct column *c);
/* Below domains of either side. */
const struct type *diff_stored(const struct changes *changes, const struct type *t);

#endif
