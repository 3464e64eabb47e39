/*
 * What the files of this folder share.
 */
#ifndef SCHEMAC_PLAN_INTERNAL_H
#define SCHEMAC_PLAN_INTERNAL_H

#include "plan/plan.h"

/*
 * truth.c: the two forms of @verify, told apart by what they select: one value that must
 * be true (`SELECT count(*) = 0 FROM …`), or columns of the rows that must not be there
 * (`SELECT id FROM …`, `SELECT a, b FROM …`, `SELECT * FROM …`).
 */
bool query_asks_for_truth(struct slice sql);

/* sections.c */
struct section_request {
    const struct plan_request *plan;
    bool has_changes;
};

bool plan_has_data_step(const struct section_request *r);
/* Does the later version say itself, in @rollback, how its rows go back? */
bool plan_declares_rollback(const struct plan_request *r);
/* Adds the sections that run in this plan; false after refusing one. */
bool plan_add_sections(struct session *s, const struct section_request *r,
                       struct actions *out);

/* aside.c: is it one of those types? */
bool plan_is_set_aside(const struct change_side *old);
/* The old catalog as it is once the types that are replaced have made room for
 * others of their names; itself where there are none, else *changes are those from it. */
const struct catalog *plan_set_aside(struct session *s, const struct plan_request *r,
                                     const struct catalog *to, struct changes *changes);

/* "schemac_old_NAME", or with a number; it is `taken` from then on. */
struct slice plan_name_aside(struct arena *a, struct map *taken, struct slice schema,
                             struct slice name);

/* remake.c: the new side with the tables that are set aside because others take their
 * names and rows, and *changes to that; all as it is where there are none.  False after
 * refusing. */
bool plan_remake_tables(struct session *s, const struct plan_request *r,
                        struct alter_request *alter, struct changes *changes);

/* The same mistake is met by each plan that its declaration belongs to. */
bool plan_is_reported(const struct session *s, enum diag_code code, struct span span);

/* values.c: do @from and @back name columns that are there?  False after reporting. */
bool plan_check_values(struct session *s, const struct changes *changes, bool down);

/* script.c */
/* "-- words" on one line: a name may hold a line's end, and SQL would begin behind it. */
void plan_print_comment(struct slice words, struct text *out);
/* With its ';', which stands on a line of its own behind a comment. */
void plan_print_statement(struct slice sql, struct text *out);

/* size.c; NULL: nobody asked, or it is about no table that is there. */
const struct plan_size *plan_size_of(struct arena *a, const struct plan *p,
                                     const struct action *action);
const char *plan_rows_word(const struct plan_size *size); /* "estimate" */
/* "about 5000 rows, by the server's statistics; 1.2 MB" */
struct slice plan_size_words(struct arena *a, const struct plan_size *size);

/* fold.c: on several lines where it is longer than `width`, for people. */
struct slice plan_fold_query(struct arena *a, struct slice sql, size_t width);
struct slice plan_fold_words(struct arena *a, struct slice sentence, size_t width);

/* guard.c */
/* Statements that stop a script with `title` unless each row of `query`, which has one
 * column, is true. */
void plan_print_guard(struct slice title, struct slice query, struct text *out);

/* What the plan does to data, as its first line says it. */
const char *plan_loss_words(const struct plan *p);
/* The label of the way back from a plan up, and what it loses of what the plan adds. */
enum plan_label plan_way_back(struct session *s, const struct plan *p,
                              struct slices *loses);

/* What the way back loses of what this step makes; none: there is nothing to undo. */
struct slice plan_undo(struct session *s, const struct plan *p, const struct action *a);

/* "1.0.0 to 1.1.0", "from nothing to 1.1.0" */
struct slice plan_title(struct arena *a, const struct plan *p);

#endif
