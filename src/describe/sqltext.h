/*
 * Looking at the SQL text that an engine has stored, without parsing it: enough to see
 * where quoted text and comments are.
 */
#ifndef SCHEMAC_DESCRIBE_SQLTEXT_H
#define SCHEMAC_DESCRIBE_SQLTEXT_H

#include "base/text.h"

enum sqltext_kind {
    SQLTEXT_END,
    SQLTEXT_WORD,          /* keyword or name as it is */
    SQLTEXT_QUOTED,        /* "name", `name`, [name], with its quotes */
    SQLTEXT_STRING,        /* 'text' */
    SQLTEXT_LINE_COMMENT,  /* without the end of the line */
    SQLTEXT_BLOCK_COMMENT, /* both kinds end at the end of the text at the latest */
    SQLTEXT_OTHER,         /* white space, digits and signs, byte by byte */
};

struct sqltext_token {
    enum sqltext_kind kind;
    struct slice text;
};

/* Takes the next token off the front of *rest. */
struct sqltext_token sqltext_next(struct slice *rest);

/* Does a comment begin with "@", so that our parser would take it for an annotation? */
bool sqltext_is_annotation(struct sqltext_token token);

/* The name that a WORD or QUOTED token stands for, in lower case. */
struct slice sqltext_name(struct arena *a, struct sqltext_token token);

#endif
