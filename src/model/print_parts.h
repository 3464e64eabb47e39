/*
 * What the files of the canonical printer share; everybody else uses model/print.h.
 */
#ifndef SCHEMAC_MODEL_PRINT_PARTS_H
#define SCHEMAC_MODEL_PRINT_PARTS_H

#include "expr/sqlw.h"
#include "model/catalog.h"

struct printer {
    struct session *s;
    struct arena temporary; /* released when the catalog is printed */
    struct text *out;
    const struct catalog *catalog;
    bool structural;     /* for the fingerprint: only what changes a database */
    struct sqlw setting; /* of the statement that a setting is written into */
    bool begun;          /* a statement went before: a blank line separates the next */
    struct map homes;    /* silencers by the place of what they stand at (silencers.c) */
    bool *at_head;       /* for each of catalog.lint_offs; NULL: structural */
};

/* Annotations of one object, each "was old_name", without the '@'. */
struct annotation_texts {
    VEC(struct slice) all;
};

void annotations_add(struct printer *p, struct annotation_texts *to, const char *format,
                     ...) PRINTF_LIKE(3, 4);
/* @was, @only: none adds nothing.  `was` is text that stands behind the word. */
void annotations_add_was(struct printer *p, struct annotation_texts *to,
                         struct slice was);
/* The same of what may have been in another schema than it is in now. */
void annotations_add_old_place(struct printer *p, struct annotation_texts *to,
                               struct slice schema, struct slice was);
void annotations_add_only(struct printer *p, struct annotation_texts *to,
                          struct slice only);
/* Those @lint off that count for the object at `object` alone. */
void silencers_place(struct printer *p);
void annotations_add_silencers(struct printer *p, struct annotation_texts *to,
                               struct span object);
/* A name as it is written behind an annotation's word: quoted where it must be. */
struct slice printer_name(struct printer *p, struct slice name);

/* A blank line, the annotations on lines of their own; then the statement can begin. */
void statement_begin(struct printer *p, const struct annotation_texts *annotations,
                     struct sqlw *w);
void statement_end(struct printer *p);
/* COMMENT ON <object> IS '…'; object was written to a text of its own. */
void print_comment_on(struct printer *p, struct slice object, struct slice comment);

/* One line between the parentheses of CREATE TABLE or CREATE TYPE. */
struct member {
    struct slice text;
    struct annotation_texts annotations;
};

struct members {
    VEC(struct member) all;
};

/* The members, one per line: an annotation behind its member, several in front of it. */
void print_members(struct printer *p, const struct members *members);

/* Objects in the order of their keys. */
struct sorted_item {
    struct slice key;
    const void *object;
};

struct sorted {
    VEC(struct sorted_item) all;
};

void sorted_add(struct printer *p, struct sorted *to, struct slice key,
                const void *object);
void sorted_finish(struct sorted *to);

/* WITH (…); nothing where there are none. */
void print_options(struct sqlw *w, struct slice options);

void print_table_declaration(struct printer *p, const struct table *t);
void print_table_late_constraints(struct printer *p, const struct table *t);
/* What names its indexes, which stand before it. */
void print_table_settings(struct printer *p, const struct table *t);
/* CREATE INDEX without its ';'. */
struct slice index_text(struct printer *p, const struct index *x);
void print_index_declaration(struct printer *p, const struct index *x);

#endif
