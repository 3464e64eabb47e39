/*
 * Comments that begin with '@': annotations, and the marks of sections.
 */
#ifndef SCHEMAC_SYNTAX_REMARK_H
#define SCHEMAC_SYNTAX_REMARK_H

#include "syntax/ast.h"
#include "syntax/token.h"

enum remark_kind {
    REMARK_ANNOTATION, /* annotation */
    REMARK_SECTION,    /* section, dialect, title */
    REMARK_END,        /* @end */
};

struct remark {
    enum remark_kind kind;
    const struct comment *comment;
    struct span span; /* from '@' to the end of the argument */
    const struct annotation *annotation;
    enum section_kind section;
    struct slice dialect;
    struct slice title;
};

struct remarks {
    VEC(struct remark) all; /* in the order of the source */
    size_t seen;            /* comments that were looked at */
};

/* Those of the comments that were not yet seen, read and checked; what is wrong is
 * reported and left out. */
void remarks_read(struct session *s, const struct tokens *t, struct remarks *out);

/* A statement as far as annotations care: stmt is NULL when it was not understood. */
struct placed {
    struct stmt *stmt;
    struct span span;
};

struct placed_list {
    VEC(struct placed) all;
};

/* Give each annotation to what it stands at; those of the head to the file itself. */
void remarks_attach(struct session *s, const struct tokens *t, const struct remarks *from,
                    const struct placed_list *statements, struct ast *ast);

/* What may stand where: the letters of annotations.def. */
const char *annotation_where(enum annotation_kind kind);
const char *annotation_word(enum annotation_kind kind);
bool annotation_is_word(struct slice word);

#endif
