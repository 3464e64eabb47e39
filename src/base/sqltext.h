/*
 * SQL that is kept as text, piece by piece: which names it says, where its strings and
 * comments are.  The one place that looks at such text by its bytes; what is read as SQL
 * goes through the lexer of grammar/ instead, which reports what is wrong with it.
 *
 * Nothing is ever wrong here: what is not closed ends with the text.
 */
#ifndef SCHEMAC_BASE_SQLTEXT_H
#define SCHEMAC_BASE_SQLTEXT_H

#include "base/text.h"

enum sqltext_kind {
    SQLTEXT_END,
    SQLTEXT_WORD,          /* keyword or name as it is */
    SQLTEXT_QUOTED,        /* "name", `name`, with its quotes; in SQLite [name] too */
    SQLTEXT_STRING,        /* 'text', E'it\'s', $tag$text$tag$, with its quotes */
    SQLTEXT_NUMBER,        /* 12, 1e5, 0xff: what begins with a digit */
    SQLTEXT_LINE_COMMENT,  /* without the end of the line */
    SQLTEXT_BLOCK_COMMENT, /* they nest, but not in SQLite */
    SQLTEXT_BLANK,         /* white space, as much as there is */
    SQLTEXT_OTHER,         /* one byte of punctuation */
};

struct sqltext_token {
    enum sqltext_kind kind;
    struct slice text;
};

/* What is left of a text. */
struct sqltext {
    struct slice rest;
    bool is_lite; /* a text of SQLite's own: [name] is quoted, $ begins no string */
};

/* Takes the next piece off the front. */
struct sqltext_token sqltext_next(struct sqltext *t);
/* The next that is neither white space nor a comment. */
struct sqltext_token sqltext_next_code(struct sqltext *t);

/* A word that was written without quotes, in any case? */
bool sqltext_is_word(struct sqltext_token token, const char *word);
/* Does a WORD (in any case) or a QUOTED token (as it is) stand for this name? */
bool sqltext_is_name(struct sqltext_token token, struct slice name);
/* The name that it stands for: folded, or without its quotes. */
struct slice sqltext_name(struct arena *a, struct sqltext_token token);
/* Takes everything up to the next name off the front, and that; false: there is none. */
bool sqltext_next_name(struct sqltext *t, struct arena *a, struct slice *name);
/* What stands between the quotes of a STRING, doubled quotes and escapes as they are. */
struct slice sqltext_inside(struct sqltext_token token);

/* Outside of strings and comments: */
bool sqltext_says_word(struct sqltext t, const char *word);
bool sqltext_says_name(struct sqltext t, struct slice name);

/* Does a comment begin with "@", so that our parser would take it for an annotation? */
bool sqltext_is_annotation(struct sqltext_token token);

#endif
