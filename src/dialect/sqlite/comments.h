/*
 * Comments, which SQLite does not have and a table of ours keeps.
 */
#ifndef SCHEMAC_DIALECT_SQLITE_COMMENTS_H
#define SCHEMAC_DIALECT_SQLITE_COMMENTS_H

#include "dialect/sqlite/lite.h"

#define LITE_COMMENTS "schemac_comments"

/* ---- comments.c ---- */

/* What makes the comments of `from` (NULL: none) those of `to`.  `changes` NULL: the
 * database is made from nothing. */
void lite_change_comments(struct session *s, const struct catalog *from,
                          const struct catalog *to, const struct changes *changes,
                          struct actions *out);

bool lite_is_about_comment(const struct change *c);

/* ---- lower_comments.c ---- */

/* NULL after noting that it is not kept. */
struct slice lite_constraint_comment(struct session *s, const struct table *t,
                                     const struct constraint *k);
/* Notes on comments of what SQLite has no place for. */
struct lite_lowering;
void lite_note_comments(struct lite_lowering *l);
/* False: it is no comment.  One on a column of a view stays; others are noted.  Needs:
 * all views lowered. */
bool lite_lower_comment(struct lite_lowering *l, const struct definition *d);
/* Declarations in SQLite's own terms: comments that it can keep stay, rows of the table
 * of comments are comments. */
void lite_own_comments(struct session *s, const struct catalog *c, struct catalog **out);

#endif
